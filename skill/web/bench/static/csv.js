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

// CSV → rows of cells, trimmed. Quoted cells may hold delimiters, quotes doubled, and line ends.
export function fromCsv(text, delimiter = ",") {
  const rows = [[]];
  let at = 0;
  while (at < text.length) {
    const start = afterSpaces(text, at);
    const [inQuotes, end] = text[start] === '"' ? quoted(text, start + 1) : ["", at];
    const [rest, next] = bare(text, end, delimiter);
    rows.at(-1).push((inQuotes + rest).trim());
    at = next;
    if (text[at] === delimiter) {
      at += 1;
      if (at === text.length) rows.at(-1).push("");
    } else if (at < text.length) {
      at += text.startsWith("\r\n", at) ? 2 : 1;
      if (at < text.length) rows.push([]);
    }
  }
  return rows.filter((row) => row.some((value) => value !== ""));
}

// The head of a table → its names, and what stands between them: of all delimiters the one that finds a name that is
// needed, and then most names.
export function headOf(line, needed) {
  const heads = [",", "\t", ";"].map((delimiter) => ({ delimiter, names: (fromCsv(line, delimiter)[0] ?? []).map((name) => name.toLowerCase()) }));
  const worth = ({ names }) => names.length + (names.includes(needed) ? line.length : 0);
  return heads.reduce((best, head) => (worth(head) > worth(best) ? head : best));
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

function afterSpaces(text, at) {
  while (text[at] === " ") at += 1;
  return at;
}

function bare(text, start, delimiter) {
  const rest = new RegExp(`[${delimiter}\r\n]`, "g");
  rest.lastIndex = start;
  const end = rest.exec(text)?.index ?? text.length;
  return [text.slice(start, end), end];
}
