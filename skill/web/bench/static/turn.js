// One turn laid out: what was matched, understood, why, and what it cost; with the request, to edit and send again.

import { copy, element, post, table } from "./bench.js";

const LOOKED_AT = 250; // milliseconds
const STAGES = ["matcher", "urgent", "topics", "aspect", "dialogue", "total"];

export function laidOut(turn, { resend, saveOne, told }) {
  const parts = [heading(turn)];
  if (turn.refused) return [...parts, element("p", {}, turn.refused), json("Request", turn.request, { resend, told })];
  parts.push(measured(turn));
  if (turn.matched) parts.push(matched(turn.matched));
  parts.push(understood(turn.understood));
  if (turn.why) parts.push(why(turn.why, turn.understood, wordsOf(turn)));
  if (turn.said) parts.push(element("div", { class: "tools" },
    element("button", { type: "button", onclick: saveOne }, "Save this turn as a test")));
  if (turn.request) parts.push(json("Request", turn.request, { resend, told }));
  parts.push(json("Response", turn.response, { told }));
  return parts;
}

function heading(turn) {
  return element("h2", {}, turn.said || turn.label);
}

function facts(pairs) {
  return element("dl", { class: "facts" }, pairs
    .filter(([, value]) => value !== null && value !== undefined && value !== "" && value.length !== 0)
    .map(([name, value]) => [element("dt", {}, name), element("dd", {}, typeof value === "object" && !value.nodeType ? value.join(", ") : value)]));
}

function measured({ spoken, bytes, most_bytes: mostBytes, milliseconds }) {
  const budget = spoken.most_words ? `${spoken.words} of ${spoken.most_words} words (${spoken.kind})` : `${spoken.words} words`;
  const tooLong = spoken.most_words && spoken.words > spoken.most_words;
  return element("section", { class: "measured" },
    element("h3", {}, "Measured"),
    facts([
      ["spoken", element("span", { class: tooLong ? "over" : "" }, `${budget}, about ${spoken.seconds} s`)],
      ["response", `${bytes.toLocaleString("en")} of ${mostBytes.toLocaleString("en")} bytes`],
    ]),
    table(STAGES, [STAGES.map((stage) => `${milliseconds[stage].toFixed(1)} ms`)], "Milliseconds by stage"));
}

function matched(heard) {
  const rows = heard.slots.map((slot) => [
    slot.name, slot.type, slot.value, slot.code ?? "not resolved",
    slot.values.map((value) => (value.id ? `${value.id} (${value.name})` : value.name)).join(", "),
  ]);
  return element("section", {},
    element("h3", {}, "Matched"),
    facts([["intent", heard.intent], ["sample", heard.sample ?? "none"], ["match", heard.match], ["channel", heard.channel]]),
    rows.length ? table(["slot", "type", "heard", "resolution", "values"], rows, "Slots") : element("p", { class: "quiet" }, "No slots."));
}

function understood(found) {
  return element("section", {},
    element("h3", {}, "Understood"),
    facts([["outcome", found.outcome], ["urgent", found.urgent], ["sign", found.sign], ["topic", found.topic],
      ["aspect", found.aspect], ["choices", found.choices]]));
}

const WHY_NOT = { Urgent: "why no article", Found: "why not the next", Ambiguous: "why a choice", NotFound: "why none" };

function why(found, { topic, outcome }, words) {
  const urgent = found.urgent
    ? `${found.urgent.level}: ${found.urgent.sign}, because of ${found.urgent.because.join(", ")}`
    : "no sign heard";
  const names = [...new Set(found.topics.flatMap((topic) => Object.keys(topic.signals)))];
  const rows = found.topics.map((topic) => [
    topic.topic, bar(topic.score), ...names.map((name) => (topic.signals[name] ?? 0).toFixed(2)), topic.entry,
  ]);
  return element("section", {},
    element("h3", {}, "Why"),
    facts([["text", found.text || "(no words)"], ["stages", found.stages], ["urgent check", urgent],
      ["decision", found.decision], [WHY_NOT[found.decision], found.why_not],
      ["all the same", found.decision === "Found" && outcome === "choose" ? "a choice was offered: the conversation asks back where words may stand for several topics" : null],
      ["topic", ["NotFound", "Urgent"].includes(found.decision) && topic ? `${topic}: from what was said before, or from the sign` : null], ["aspect", aspectOf(found)]]),
    rows.length ? table(["topic", "score", ...names, "nearest line"], rows, "Topics that were near") : null,
    rows.length ? words : null);
}

// Asked for when the turn stands and is looked at: what the topics lose without each word takes longer than the turn.
function wordsOf(turn) {
  const place = element("div", { class: "carried" }, element("p", { class: "quiet" }, "Looking which words carried it …"));
  setTimeout(() => {
    if (!place.isConnected) return;
    turn.words ??= post("words", { request: turn.request }).then((answer) => answer.json());
    turn.words.then((found) => place.replaceChildren(...carried(found)), (error) => place.replaceChildren(error.message));
  }, LOOKED_AT);
  return place;
}

function carried({ topics, words }) {
  if (!words.length) return [];
  const worth = words.map(({ without }) => without[0]);
  const least = Math.min(...worth);
  const rows = words.map(({ word, without }) => [
    element("span", { class: without[0] === least ? "most" : null }, word), ...without.map((score) => bar(score)),
  ]);
  return [
    element("h3", {}, "The words that carried it"),
    element("p", { class: "quiet" }, "Each word left out in turn, and the scores without it: the lower, the more it carried."),
    table(["without", ...topics], rows, "Scores without each word"),
  ];
}

function aspectOf(found) {
  if (found.aspect_of_intent) return `${found.aspect_of_intent}: the intent stands for it`;
  return found.aspect_asked ? `${found.aspect_asked}: the words ask for it` : "none asked for: the words only describe";
}

function bar(score) {
  return element("span", { class: "score" },
    element("meter", { min: "0", max: "1", value: String(score), "aria-label": `score ${score.toFixed(2)}` }), score.toFixed(2));
}

function json(name, value, { resend, told }) {
  const text = JSON.stringify(value, null, 2);
  const inside = [];
  if (resend) {
    const area = element("textarea", { rows: "14", spellcheck: "false", "aria-label": `${name}, to be edited` });
    area.value = text;
    inside.push(area, element("div", { class: "tools" },
      element("button", { type: "button", onclick: () => copy(area.value, told) }, "Copy"),
      element("button", { type: "button", class: "resend", onclick: () => resend(area.value) }, "Send it again")));
  } else {
    inside.push(element("pre", { tabindex: "0", "aria-label": name }, text),
      element("div", { class: "tools" }, element("button", { type: "button", onclick: () => copy(text, told) }, "Copy")));
  }
  return element("details", { class: `json ${name.toLowerCase()}` }, element("summary", {}, `${name} JSON`), ...inside);
}
