// The simulator page. The session lives here, in `kept`, and goes along with every turn; the server keeps nothing.

import { copy, download, element, post } from "./bench.js";
import { microphone } from "./microphone.js";
import { screenIn } from "./screen.js";
import { hush, play } from "./speech.js";
import { laidOut } from "./turn.js";

const $ = (id) => document.getElementById(id);
const bench = $("bench");
const log = $("log");
const sentence = $("sentence");
const told = $("told");
const show = screenIn($("screen"), bench.dataset.viewhost, (touched) => take({ say: `<touch> ${touched.join(" ")}` }));
const choices = { device: $("device"), locale: $("locale"), hear: $("hear") };

const MOST_TURNS = 100; // of a link
const ENDS = ["USER_INITIATED", "ERROR", "EXCEEDED_MAX_REPROMPTS"];

let session = new AbortController(); // aborted when a new one begins: what is under way must not land in it
let kept = null;
let turns = []; // of this session, in order
let looked = -1; // the one laid out on the right
const before = []; // what was typed, for ↑
let back = 0; // how far ↑ went in it
let half = ""; // what was being typed when ↑ was pressed, for ↓
let waiting = Promise.resolve(); // turns are taken one after another

function settings() {
  return { locale: choices.locale.value, device: choices.device.value, hear: choices.hear.value };
}

function take(action) {
  const { signal } = session;
  waiting = waiting.then(() => signal.aborted || takeNow(action, signal));
  return waiting;
}

async function takeNow(action, signal) {
  $("problem").hidden = true;
  try {
    const answer = await post("turn", { ...settings(), kept, ...action }, signal);
    const turn = await answer.json();
    if (signal.aborted) return;
    kept = turn.kept;
    add({ ...turn, label: labelOf(action), again: againOf(action) });
    if ($("aloud").checked) await play(turn.ssml, turn.speech, choices.locale.value);
  } catch (error) {
    if (!signal.aborted) complain(error.message);
  }
}

function labelOf(action) {
  if (action.say !== undefined) return action.say.trim() || "<silence>";
  return action.end ? `session ended: ${action.end}` : "an edited request";
}

// How a link and a test write the turn: a sentence as it is, what is none as an object.
function againOf({ say, end }) {
  return say ?? (end ? { end } : { edited: true });
}

function complain(message) {
  $("problem").textContent = message;
  $("problem").hidden = false;
}

function add(turn) {
  turns.push(turn);
  const number = turns.length - 1;
  $("nothing-yet").hidden = true;
  const urgent = turn.understood && turn.understood.urgent !== "none";
  log.append(element("li", { class: urgent ? "turn-line urgent" : "turn-line" },
    element("p", { class: "hers" }, turn.label),
    element("p", { class: "ours" }, turn.refused ?? turn.speech ?? "", turn.refused || turn.speech ? "" : element("span", { class: "quiet" }, "(nothing is said)")),
    element("p", { class: "about" },
      turn.understood ? element("span", {}, [turn.understood.outcome, turn.understood.topic, turn.understood.aspect].filter(Boolean).join(" · ")) : null,
      turn.ends ? element("span", {}, "the session has ended") : null,
      turn.speech ? element("button", { type: "button", class: "small", onclick: () => heard(turn) }, "Play") : null,
      element("button", { type: "button", class: "small look-at", "aria-label": `Details of turn ${number + 1}`, title: "What was matched and understood in this turn, and why", onclick: () => look(number) }, "Details"))));
  log.lastElementChild.scrollIntoView({ block: "nearest" });
  look(number);
}

function heard(turn) {
  play(turn.ssml, turn.speech, choices.locale.value).catch((error) => complain(error.message));
}

function look(number) {
  if (!turns[number]) return;
  looked = number;
  [...log.children].forEach((line, place) => line.toggleAttribute("data-looked", place === number));
  const turn = turns[number];
  $("turn").replaceChildren(...laidOut(turn, { resend, saveOne: () => saveOne(number), told }));
  show(choices.device.value, turn.response);
}

function resend(text) {
  let request;
  try {
    request = JSON.parse(text);
  } catch (error) {
    return complain(`The request is not JSON: ${error.message}`);
  }
  if (request === null || typeof request !== "object" || Array.isArray(request)) return complain("A request is a JSON object.");
  return take({ request });
}

// The real door, with a signature that proves nothing: it has to refuse.
async function badSignature() {
  const { signal } = session;
  const request = turns.findLast((turn) => turn.request)?.request ?? { version: "1.0", request: { type: "LaunchRequest" } };
  const answer = await fetch("/", {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "Signature-256": "bm90IGEgc2lnbmF0dXJl",
      SignatureCertChainUrl: "https://localhost/not-amazons.pem", // refused unread, so nothing is downloaded
    },
    body: JSON.stringify(request),
  });
  if (signal.aborted) return;
  add({ label: "bad signature", again: { bad_signature: true }, refused: `The door answered ${answer.status}${answer.status === 400 ? ": refused, without saying why." : "."}`, request });
}

function restart() {
  session.abort();
  session = new AbortController();
  kept = null;
  turns = [];
  looked = -1;
  hush();
  log.replaceChildren();
  $("turn").replaceChildren(element("p", { class: "quiet" }, "A new session."));
  $("screen").hidden = true;
  $("saved").hidden = true;
  $("problem").hidden = true;
  told.textContent = "";
  $("nothing-yet").hidden = false;
  if (location.hash) window.history.replaceState(null, "", location.pathname);
}

function restartToType() {
  restart();
  sentence.focus();
}

// Another device, another locale, other ears: a test and a link tell one setting for all of their turns. The focus stays,
// so that the next choice can be made.
function switched({ target }) {
  restart();
  told.textContent = `A new session: ${target.labels[0].textContent.toLowerCase()} is now ${target.selectedOptions[0].textContent}.`;
}

async function copyLink() {
  $("problem").hidden = true;
  const said = turns.map((turn) => turn.again).filter((turn) => !turn.edited);
  if (!said.length) return complain("Nothing was said yet that a link could hold.");
  if (said.length > MOST_TURNS) return complain(`A link replays ${MOST_TURNS} turns at most, and these are ${said.length}: hold a shorter conversation in a new session.`);
  window.history.replaceState(null, "", `${location.pathname}#${encodeURIComponent(JSON.stringify({ ...settings(), said }))}`);
  await copy(location.href, told);
  const edited = turns.flatMap((turn, place) => (turn.again.edited ? [place + 1] : []));
  if (edited.length) told.textContent += ` Not in the link: turn ${edited.join(", ")}, edited by hand. What follows may be answered otherwise.`;
}

function doAgain(turn) {
  if (turn.bad_signature) return badSignature();
  return take(turn.end ? { end: turn.end } : { say: turn });
}

function canBeDoneAgain(turn) {
  if (typeof turn === "string") return turn.trim() !== "" && turn.length <= sentence.maxLength;
  return ENDS.includes(turn?.end) || turn?.bad_signature === true;
}

// What the address holds behind its #: turns, and the settings they were taken with. Throws where that is no conversation.
function linked() {
  let wanted;
  try {
    wanted = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  } catch {
    wanted = null;
  }
  if (!Array.isArray(wanted?.said) || !wanted.said.length) throw new Error("This link holds no conversation.");
  const wrong = wanted.said.findIndex((turn) => !canBeDoneAgain(turn));
  if (wrong >= 0) throw new Error(`This link holds no conversation that can be replayed: its turn ${wrong + 1} is not a sentence.`);
  if (wanted.said.length > MOST_TURNS) throw new Error(`This link holds ${wanted.said.length} turns: ${MOST_TURNS} at most are replayed.`);
  return wanted;
}

// In a session of its own: a conversation that was here is over.
async function replay() {
  if (location.hash.length < 2) return;
  let wanted;
  try {
    wanted = linked();
  } catch (error) {
    return complain(error.message);
  }
  const { href } = location;
  restart();
  window.history.replaceState(null, "", href); // the page loaded again replays it again
  for (const [name, select] of Object.entries(choices)) {
    if ([...select.options].some((option) => option.value === wanted[name])) select.value = wanted[name];
  }
  const { signal } = session;
  for (const one of wanted.said) if (!signal.aborted) await doAgain(one);
}

// One turn, with those of its session that led to it: alone it might mean something else, as "what helps" does.
function saveOne(number) {
  const opening = turns.findLastIndex((turn, place) => place <= number && !turn.refused && turn.request?.session?.new);
  const said = turns.slice(Math.max(0, opening), number + 1).filter((turn) => !turn.refused);
  return save(said.map((turn) => turn.again), { only_last: true });
}

async function save(again, how = {}) {
  if (!again.length) return complain("Nothing was said yet.");
  const { signal } = session;
  $("problem").hidden = true;
  $("saved").hidden = true;
  try {
    const answer = await post("save", { ...settings(), said: again, ...how }, signal);
    const { name, text } = await answer.json();
    if (signal.aborted) return;
    $("saved-text").textContent = text;
    for (const place of document.querySelectorAll(".saved-name")) place.textContent = `${name}.yaml`;
    $("saved-file").download = `${name}.yaml`;
    $("saved-hear").textContent = choices.hear.value === "alexa" ? "" : ` --hear ${choices.hear.value}`;
    $("saved").hidden = false;
    $("saved").open = true;
    $("saved").scrollIntoView({ block: "nearest" });
  } catch (error) {
    if (!signal.aborted) complain(error.message);
  }
}

function say(text) {
  if (text) before.push(text);
  type("");
  return take({ say: text || "<silence>" });
}

function type(text) {
  back = 0;
  sentence.value = text;
}

function recall(step) {
  if (!back) half = sentence.value;
  back = Math.min(before.length, Math.max(0, back + step));
  sentence.value = back ? before[before.length - back] : half;
}

function toggleKeys() {
  const hidden = $("key-list").toggleAttribute("hidden");
  $("keys").setAttribute("aria-expanded", String(!hidden));
}

const WITH_ALT = {
  KeyN: restartToType,
  KeyL: () => take({ say: "<launch>" }),
  KeyP: () => turns[looked] && heard(turns[looked]),
  ArrowUp: () => look(looked - 1),
  ArrowDown: () => look(looked + 1),
};

sentence.addEventListener("input", () => { back = 0; }); // what was brought back and changed is a sentence of its own
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input[type=text], textarea, select");
  if (event.altKey && WITH_ALT[event.code]) {
    event.preventDefault();
    WITH_ALT[event.code]();
  } else if (event.target === sentence && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    recall(event.key === "ArrowUp" ? 1 : -1);
  } else if (event.key === "Escape") {
    hush();
    type("");
    sentence.focus();
  } else if (event.key === "?" && (!typing || (event.target === sentence && !sentence.value))) {
    event.preventDefault();
    toggleKeys();
  } else if (event.key === "/" && !typing) {
    event.preventDefault();
    sentence.focus();
  }
});

$("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  say(sentence.value.trim());
});
for (const button of document.querySelectorAll("[data-say]")) {
  button.addEventListener("click", () => take({ say: button.dataset.say }));
}
document.querySelector("[data-end]").addEventListener("click", (event) => take({ end: event.target.dataset.end }));
$("bad-signature").addEventListener("click", badSignature);
$("restart").addEventListener("click", restartToType);
$("keys").addEventListener("click", toggleKeys);
$("save").addEventListener("click", () => save(turns.map((turn) => turn.again)));
$("saved-copy").addEventListener("click", () => copy($("saved-text").textContent, told));
$("saved-file").addEventListener("click", (event) => {
  event.preventDefault();
  download($("saved-file").download, "application/yaml", $("saved-text").textContent);
});
$("link").addEventListener("click", copyLink);
for (const select of Object.values(choices)) select.addEventListener("change", switched);
microphone({
  allow: $("allow-microphone"),
  button: $("microphone"),
  locale: () => choices.locale.value,
  heard: (words) => say(words.toLowerCase()),
  problem: complain,
});
window.addEventListener("hashchange", replay);
replay();
