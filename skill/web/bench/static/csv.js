// CSV in and out. RFC 4180 for the form; a cell that a spreadsheet would take for a formula gets an apostrophe before it
// (OWASP, "CSV Injection").

export function toCsv(head, rows) {
  return [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function cell(value) {
  let text = Array.isArray(value) ? value.join(" ") : String(value ?? "");
  if (typeof value !== "number" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// CSV → rows of cells. Quoted cells may hold commas, quotes doubled, and line ends.
export function fromCsv(text) {
  const rows = [[]];
  let at = 0;
  while (at < text.length) {
    const [value, next] = text[at] === '"' ? quoted(text, at + 1) : bare(text, at);
    rows.at(-1).push(value);
    at = next;
    if (text[at] === ",") {
      at += 1;
      if (at === text.length) rows.at(-1).push("");
    } else if (at < text.length) {
      at += text.startsWith("\r\n", at) ? 2 : 1;
      if (at < text.length) rows.push([]);
    }
  }
  return rows.filter((row) => row.some((value) => value !== ""));
}

function quoted(text, start) {
  let value = "";
  let at = start;
  while (at < text.length) {
    if (text[at] !== '"') value += text[at++];
    else if (text[at + 1] === '"') { value += '"'; at += 2; } else break;
  }
  return [value, at + 1];
}

function bare(text, start) {
  const rest = /[,\r\n]/g;
  rest.lastIndex = start;
  const end = rest.exec(text)?.index ?? text.length;
  return [text.slice(start, end), end];
}
