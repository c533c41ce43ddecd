// What the content check finds, fetched and shown.

import { base, element, problemOf } from "./bench.js";

export async function checked(path, place) {
  place.replaceChildren(element("p", { class: "quiet" }, "Checking every locale …"));
  const answer = await fetch(base + path);
  if (!answer.ok) return place.replaceChildren(element("p", { class: "fault" }, await problemOf(answer)));
  const { checked: whole, faults } = await answer.json();
  return place.replaceChildren(
    whole ? "" : element("p", { class: "fault" }, "Not checked: the content files cannot be served as they are now. What is shown is the last good version."),
    faults.length ? element("ul", {}, faults.map((fault) => element("li", {}, fault))) : "",
    whole && !faults.length ? element("p", {}, "No faults, in any locale.") : "");
}
