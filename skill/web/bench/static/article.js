// One article: play what is said, and fetch what the content check finds, which takes longer than the page.

import { checked } from "./check.js";
import { play } from "./speech.js";

const volume = document.getElementById("volume");
const problem = document.getElementById("problem");

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

await checked(`library/${volume.dataset.topic}/faults`, document.getElementById("faults"));
