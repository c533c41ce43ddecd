// A changed content file shows by itself: asks which content is served, and loads the page again when it is another.

import { base } from "./bench.js";

const EVERY = 500; // milliseconds
const { stamp } = document.getElementById("state").dataset;

async function look() {
  try {
    const answer = document.hidden ? null : await fetch(`${base}library-state`);
    if (answer?.ok && (await answer.json()).stamp !== stamp) return location.reload();
  } catch {
    // The server has been stopped: it may come back.
  }
  return setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
