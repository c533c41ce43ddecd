-- One signed request after the other, from a file of them: each begins with a line "URL SIGNATURE LENGTH", then the body.
local requests = {}
local at = 0

function init(args)
  local file = assert(io.open(args[1], "rb"))
  while true do
    local head = file:read("*l")
    if not head then break end
    local address, signature, length = head:match("(%S+) (%S+) (%d+)")
    local body = file:read(tonumber(length))
    file:read("*l")
    requests[#requests + 1] = wrk.format("POST", args[2], {
      ["Content-Type"] = "application/json",
      ["SignatureCertChainUrl"] = address,
      ["Signature-256"] = signature,
    }, body)
  end
  file:close()
end

function request()
  at = at % #requests + 1
  return requests[at]
end
