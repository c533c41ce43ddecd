// The library page: search as people ask, the whole content check, and links that light up under the pointer or the focus.

import { element, post } from "./bench.js";
import { checked } from "./check.js";

const form = document.getElementById("search");
const found = document.getElementById("found");
const REASONS = {
  far: "No topic is near enough.",
  unwritten: "The nearest topic has no article yet.",
  out_of_scope: "No article answers this.",
  dose: "A dose is asked for: no article answers that.",
  diagnosis: "A diagnosis is asked for: no article answers that.",
  someone_else: "About somebody who is not pregnant: no article answers that.",
  other_domain: "Not about a symptom.",
  nothing_heard: "Type some words.",
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const locale = form.dataset.locale;
  try {
    const result = await (await post("search", { text: document.getElementById("words").value, locale })).json();
    found.replaceChildren(
      element("p", { class: result.urgent ? "fault" : "quiet" }, verdict(result)),
      element("ol", { class: "results" }, result.topics.map((topic) => element("li", {},
        topic.written ? element("a", { href: `library/${topic.topic}?locale=${locale}` }, topic.name) : `${topic.name} (not written)`,
        ` ${topic.score.toFixed(2)}, nearest to “${topic.entry}”`))));
  } catch (error) {
    found.replaceChildren(element("p", { class: "fault" }, error.message));
  }
});

document.getElementById("check-all").addEventListener("click", async ({ target }) => {
  target.disabled = true;
  await checked("library-faults", document.getElementById("faults"));
  target.disabled = false;
});

// The urgent check stands before everything else, here too.
function verdict({ urgent, reason, topic, topics }) {
  if (urgent) return `Urgent (${urgent.level}: ${urgent.sign}): the reply leads with what to do now, and no article is read.${topics.length ? " Near would be:" : ""}`;
  if (reason) return REASONS[reason];
  return topic ? "Answered with:" : "A choice is offered:";
}

function light(topic, on) {
  for (const path of document.querySelectorAll(`path[data-from="${topic}"], path[data-to="${topic}"]`)) {
    path.classList.toggle("lit", on);
    for (const end of [path.dataset.from, path.dataset.to]) {
      document.querySelector(`[data-node="${end}"]`)?.classList.toggle("lit", on);
    }
  }
}

for (const [selector, key] of [["[data-node]", "node"], ["[data-topic]", "topic"], ["[data-light]", "light"]]) {
  for (const part of document.querySelectorAll(selector)) {
    const topic = part.dataset[key];
    for (const [event, on] of [["pointerenter", true], ["focusin", true], ["pointerleave", false], ["focusout", false]]) {
      part.addEventListener(event, () => light(topic, on));
    }
  }
}
