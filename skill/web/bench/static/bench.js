// What all pages share: asking the server, and making elements. Text only ever gets in as text.

export const base = document.body.dataset.base;

export async function post(path, body, signal) {
  const answer = await fetch(base + path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
  if (!answer.ok) throw new Error(await problemOf(answer));
  return answer;
}

export async function problemOf(answer) {
  try {
    const { error } = await answer.json();
    return [error.message, ...error.faults.map((fault) => `${fault.field}: ${fault.problem}`)].join(" ");
  } catch {
    return `The server answered ${answer.status}.`;
  }
}

// element("p", {class: "quiet"}, "text", child, …); an attribute that is null or false is left out.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === false || value === undefined) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

// On a narrow screen the rows are stacked (bench.css), each cell with its column's name.
export function table(head, rows, label) {
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label },
    element("table", { class: "stacks" },
      element("thead", {}, element("tr", {}, head.map((name) => element("th", { scope: "col" }, name)))),
      element("tbody", {}, rows.map((row) => element("tr", {}, row.map((cell, place) => element("td", { "data-column": head[place] }, cell)))))));
}

export async function copy(text, told) {
  try {
    await navigator.clipboard.writeText(text);
    told.textContent = "Copied.";
  } catch {
    told.textContent = "The browser does not allow copying here.";
  }
}

export function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
