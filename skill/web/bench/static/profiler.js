// The profiler page: many sentences, a few at a time, so that it can show how far it is and stop.

import { download, element, post } from "./bench.js";
import { fromCsv, headOf, toCsv } from "./csv.js";

const $ = (id) => document.getElementById(id);
const AT_ONCE = 20; // sentences in a request
const SIDE_BY_SIDE = 2; // requests: the encoder uses one core each
const SHOWN = 500; // rows drawn; filter and download work on all
const COLUMNS = ["text", "intent", "channel", "outcome", "topic", "aspect", "urgent", "confidence"];
const EXPECTABLE = ["intent", "channel", "outcome", "topic", "aspect", "urgent"];

const USED = ["text", "level", "also_ok", ...EXPECTABLE]; // level: what tests/questions call urgent; also_ok: topics as right as topic
const LONGEST = Number($("lines").dataset.longest); // characters of a sentence

const KNOWN = JSON.parse($("lines").dataset.known); // what may be expected in a column, where that is a list

let rows = [];
let expected = []; // the columns that something is expected in
let order = { column: null, up: true };
let stop = null;

// Pasted text → sentences, each with what is expected of it; and the columns that nothing is done with.
function read(text) {
  const lines = text.split(/\r?\n/).filter((line) => line.trim());
  if (lines[0]?.trimStart().startsWith("{")) return recorded(lines.map((line, place) => parsed(line, place + 1)));
  const { names: head, delimiter } = headOf(lines[0] ?? "", "text");
  if (!head.includes("text")) {
    if (head.length > 1 && head.every((name) => /^[\w-]+$/.test(name))) throw new Error(withoutText(head));
    return { sentences: lines.map((line) => ({ text: line.trim() })), unused: [] };
  }
  return recorded(fromCsv(text, delimiter).slice(1).map((cells) => Object.fromEntries(head.map((name, place) => [name, cells[place] ?? ""]))));
}

function recorded(all) {
  const names = new Set(all.flatMap((given) => Object.keys(given)));
  return { sentences: all.map(record), unused: [...names].filter((name) => !USED.includes(name)) };
}

function withoutText(head) {
  return `The first line names ${head.join(", ")}, but no column text, which holds the sentence. Known are text, ${EXPECTABLE.join(", ")}.`;
}

function parsed(line, number) {
  let given;
  try {
    given = JSON.parse(line);
  } catch {
    throw new Error(`Line ${number} is not JSON.`);
  }
  if (typeof given?.text !== "string") throw new Error(`Line ${number} has no "text", which holds the sentence.`);
  return given;
}

function record({ level, also_ok: alsoOk = [], ...rest }) {
  const given = { ...rest, urgent: rest.urgent === undefined || rest.urgent === "" ? level : rest.urgent };
  const wanted = EXPECTABLE.filter((name) => given[name] !== undefined && given[name] !== "")
    .map((name) => [name, String(given[name] ?? "none")]);
  return { text: String(given.text ?? ""), expected: Object.fromEntries(wanted), alsoOk: Array.isArray(alsoOk) ? alsoOk : String(alsoOk ?? "").split(/[\s,;]+/) };
}

// The sentences that are short enough to be asked, and what to say of the rest.
function withinLimit(sentences) {
  const tooLong = sentences.flatMap(({ text }, place) => (text.length > LONGEST ? [place + 1] : []));
  const told = tooLong.length ? `Left out, being longer than ${LONGEST.toLocaleString("en")} characters: sentence ${tooLong.join(", ")}.` : "";
  return [sentences.filter(({ text }) => text.length <= LONGEST), told];
}

async function run() {
  $("problem").hidden = true;
  let sentences;
  try {
    const { sentences: all, unused } = read($("lines").value);
    const [asked, leftOut] = withinLimit(all.filter((one) => one.text));
    sentences = asked;
    const notUsed = unused.length ? `Not used: ${unused.join(", ")}. What is expected stands in columns named ${EXPECTABLE.join(", ")}.` : "";
    $("unused").textContent = [notUsed, leftOut].filter(Boolean).join(" ");
  } catch (error) {
    return complain(error.message);
  }
  if (!sentences.length) return complain("There is no sentence to profile.");
  expected = EXPECTABLE.filter((name) => sentences.some((one) => one.expected?.[name] !== undefined));
  stop = new AbortController();
  working(true);
  const found = new Array(sentences.length); // in their order; a place stays empty where it was not got to
  try {
    await profileAll(sentences, found);
  } catch (error) {
    if (error.name === "AbortError") $("count").textContent = `Cancelled after ${done(found).length} of ${sentences.length}.`;
    else complain(error.message);
    stop.abort();
  }
  rows = done(found);
  working(false);
  draw();
}

function done(found) {
  return found.filter(Boolean);
}

async function profileAll(sentences, found) {
  const started = performance.now();
  const body = { locale: $("locale").value, hear: $("hear").value };
  let next = 0;
  async function goOn() {
    while (next < sentences.length) {
      const at = next;
      next += AT_ONCE;
      const part = sentences.slice(at, at + AT_ONCE);
      const answer = await post("profile", { ...body, lines: part.map((one) => one.text) }, stop.signal);
      (await answer.json()).rows.forEach((row, place) => { found[at + place] = { ...row, expected: part[place].expected ?? {}, alsoOk: part[place].alsoOk ?? [] }; });
      progress(done(found).length, sentences.length, started);
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, goOn));
}

function progress(some, all, started) {
  $("progress").max = all;
  $("progress").value = some;
  $("count").textContent = `${some} of ${all} in ${((performance.now() - started) / 1000).toFixed(1)} s`;
}

function working(busy) {
  $("start").disabled = busy;
  $("cancel").disabled = !busy;
  $("progress").hidden = !busy;
  if (busy) {
    $("progress").value = 0;
    $("count").textContent = "Working …";
  }
}

function complain(message) {
  $("problem").textContent = message;
  $("problem").hidden = false;
}

function shownValue(row, column) {
  if (column === "topic" && !row.topic && row.choices?.length) return row.choices.join(" ");
  return row[column] ?? "none";
}

// A choice that holds an expected topic counts as met here: the device would have offered it.
function missed(row, column) {
  const wanted = row.expected[column];
  if (wanted === undefined) return false;
  if (column === "topic") return ![wanted, ...row.alsoOk].some((topic) => topic === (row.topic ?? "none") || row.choices?.includes(topic));
  return String(row[column] ?? "none") !== wanted;
}

// Expected, but no value that the column can have: it could never be met.
function isUnknown(row, column) {
  const wanted = row.expected[column];
  return wanted !== undefined && KNOWN[column] !== undefined && !KNOWN[column].includes(wanted);
}

// The same for people: how often, and which.
function unknownIn(column) {
  const unknown = rows.filter((row) => isUnknown(row, column)).map((row) => row.expected[column]);
  const names = [...new Set(unknown)].sort().join(", ");
  return unknown.length ? `${unknown.length} of ${rows.length} rows expect what no ${column} is called, and count as not met: ${names}.` : "";
}

function chosen() {
  const words = $("filter").value.trim().toLowerCase();
  let some = rows.filter((row) => !words || COLUMNS.some((name) => String(shownValue(row, name)).toLowerCase().includes(words)));
  if ($("misses").checked) some = some.filter((row) => expected.some((name) => missed(row, name)));
  if (!order.column) return some;
  const direction = order.up ? 1 : -1;
  return [...some].sort((one, other) => direction * compare(shownValue(one, order.column), shownValue(other, order.column)));
}

function compare(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), "en", { numeric: true });
}

function draw() {
  $("results").hidden = rows.length === 0;
  const some = chosen();
  $("shown").textContent = `${some.length} of ${rows.length} rows${some.length > SHOWN ? `, the first ${SHOWN} drawn` : ""}`;
  $("head").replaceChildren(element("tr", {}, COLUMNS.map(headCell), expected.map((name) => element("th", { scope: "col" }, `expected ${name}`))));
  $("unknown").textContent = expected.map(unknownIn).filter(Boolean).join(" ");
  $("unknown").hidden = !$("unknown").textContent;
  $("rows").replaceChildren(...some.slice(0, SHOWN).map((row) => element("tr", {},
    COLUMNS.map((name) => element("td", { "data-column": name, class: name === "text" ? "sentence" : missed(row, name) ? "miss" : null },
      name === "confidence" ? row.confidence?.toFixed(2) ?? "" : String(shownValue(row, name)))),
    expected.map((name) => element("td", { "data-column": `expected ${name}`, class: isUnknown(row, name) ? "miss" : null },
      row.expected[name] ?? "", isUnknown(row, name) ? ` (no such ${name})` : "")))));
  drawMatrix();
}

function headCell(name) {
  const sorted = order.column === name ? (order.up ? "ascending" : "descending") : "none";
  return element("th", { scope: "col", "aria-sort": sorted }, element("button", { type: "button", onclick: () => sortBy(name) }, name));
}

function sortBy(column) {
  order = { column, up: order.column === column ? !order.up : true };
  draw();
  [...$("head").querySelectorAll("button")].find((button) => button.textContent === column)?.focus();
}

function drawMatrix() {
  $("confusion").hidden = expected.length === 0;
  if (!expected.length) return;
  const before = $("column").value;
  $("column").replaceChildren(...expected.map((name) => element("option", {}, name)));
  $("column").value = expected.includes(before) ? before : expected[0];
  const column = $("column").value;
  const held = rows.filter((row) => row.expected[column] !== undefined);
  const wanted = [...new Set(held.map((row) => row.expected[column]))].sort();
  const got = [...new Set(held.map((row) => gotIn(row, column)))].sort();
  const counts = new Map();
  for (const row of held) {
    const key = JSON.stringify([row.expected[column], gotIn(row, column)]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const right = held.filter((row) => !missed(row, column)).length;
  $("right").textContent = `${right} of ${held.length} as expected (${Math.round((100 * right) / Math.max(1, held.length))} %). Rows: expected; columns: understood.`;
  $("matrix").replaceChildren(
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, column), got.map((name) => element("th", { scope: "col" }, name)))),
    element("tbody", {}, wanted.map((want) => element("tr", {}, element("th", { scope: "row" }, want),
      got.map((name) => {
        const count = counts.get(JSON.stringify([want, name])) ?? 0;
        return element("td", { class: count ? (want === name ? "same" : "off") : null }, count ? String(count) : "·");
      })))));
}

function gotIn(row, column) {
  return missed(row, column) ? String(row[column] ?? "none") : row.expected[column];
}

function saveCsv() {
  const head = [...COLUMNS, ...expected.map((name) => `expected ${name}`)];
  const cells = chosen().map((row) => [...COLUMNS.map((name) => (name === "confidence" ? row.confidence ?? "" : shownValue(row, name))), ...expected.map((name) => row.expected[name] ?? "")]);
  download("profile.csv", "text/csv", toCsv(head, cells));
}

$("start").addEventListener("click", run);
$("cancel").addEventListener("click", () => stop?.abort());
$("csv").addEventListener("click", saveCsv);
for (const id of ["filter", "misses", "column"]) $(id).addEventListener("input", draw);
$("file").addEventListener("change", async () => {
  const [file] = $("file").files;
  if (!file) return;
  $("problem").hidden = true;
  $("lines").value = (await file.text()).replace(/^\uFEFF/, "");
  const { names: head } = headOf($("lines").value.split(/\r?\n/)[0], "text");
  if (file.name.toLowerCase().endsWith(".csv") && !head.includes("text")) complain(withoutText(head));
});
