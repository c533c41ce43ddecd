// One article: play what is said, and fetch what the content check finds, which takes longer than the page.

import { base, element, problemOf } from "./bench.js";
import { play } from "./speech.js";

const volume = document.getElementById("volume");
const problem = document.getElementById("problem");
const faults = document.getElementById("faults");

for (const button of document.querySelectorAll("[data-ssml]")) {
  button.addEventListener("click", async () => {
    problem.hidden = true;
    try {
      await play(button.dataset.ssml, button.dataset.text, volume.dataset.locale);
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
  });
}

const answer = await fetch(`${base}library/${volume.dataset.topic}/faults`);
if (answer.ok) {
  const { checked, faults: found } = await answer.json();
  faults.replaceChildren(
    checked ? "" : element("p", { class: "fault" }, "Not checked: the content files cannot be served as they are now. What is shown is the last good version."),
    found.length ? element("ul", {}, found.map((fault) => element("li", {}, fault))) : "",
    checked && !found.length ? element("p", {}, "No faults, in any locale.") : "");
} else {
  faults.replaceChildren(element("p", { class: "fault" }, await problemOf(answer)));
}
