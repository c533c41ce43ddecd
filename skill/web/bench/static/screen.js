// The device's screen: a response's RenderDocument as plain text at once, and drawn by Amazon's viewhost as soon as that
// is ready, where it is installed. It draws in a frame that is locked in (frame.js), asked and answered by messages.

import { element } from "./bench.js";

const SIZES = {
  round: { width: 480, height: 480, dpi: 160, isRound: true, shape: "ROUND", mode: "HUB" },
  hub: { width: 1280, height: 800, dpi: 160, isRound: false, shape: "RECTANGLE", mode: "HUB" },
  tv: { width: 1920, height: 1080, dpi: 320, isRound: false, shape: "RECTANGLE", mode: "TV" },
};
// The parts of our data source in the order in which they are read, those of a page and of an urgent one.
const PARTS = ["number", "action", "title", "text", "rows", "rest", "warning_title", "warning", "disclaimer", "source", "question", "buttons"];

export function directiveOf(response) {
  const all = response?.response?.directives ?? [];
  return all.find((directive) => directive.type === "Alexa.Presentation.APL.RenderDocument") ?? null;
}

// What shows a response on the screen of a device, in `place`. `viewhost` is the address of the frame, or nothing;
// `touched` gets the arguments of what is touched.
export function screenIn(place, viewhost, touched) {
  const plain = element("div");
  place.replaceChildren(plain);
  const drawing = viewhost ? drawingIn(place, viewhost, touched, () => plain.replaceChildren()) : null;
  return (device, response) => {
    const size = SIZES[device];
    const directive = directiveOf(response);
    place.hidden = !size;
    place.className = `screen ${device}`;
    plain.replaceChildren(size ? glass(plainly(directive, touched)) : "");
    drawing?.(size, directive);
  };
}

function glass(...inside) {
  return element("div", { class: "glass", tabindex: "0", role: "region", "aria-label": "Screen" }, inside);
}

function plainly(directive, touched) {
  if (!directive) return element("p", { class: "quiet" }, "This response holds nothing for the screen.");
  const screen = directive.datasources?.screen ?? {};
  const lines = PARTS.flatMap((part) => [screen[part] ?? ""].flat()).flatMap((value) =>
    typeof value === "string" ? paragraphs(value) : [touchable(value, touched)]);
  return lines.length ? lines : element("p", { class: "quiet" }, "The document has no data to show plainly.");
}

// An item of a list; what sends arguments is a button.
function touchable({ label, touch }, touched) {
  return touch.length ? element("button", { type: "button", onclick: () => touched(touch) }, label) : element("p", {}, label);
}

// A Text of APL takes markup: breaks, and characters escaped.
function paragraphs(marked) {
  return marked.split("<br>").filter(Boolean).map((line) =>
    element("p", {}, new DOMParser().parseFromString(line, "text/html").body.textContent));
}

// One frame for all turns, because its engine takes long to start. What is drawn late, after another turn, is left.
function drawingIn(place, address, touched, drawn) {
  const frame = element("iframe", { src: address, title: "The screen, drawn by Amazon's viewhost", sandbox: "allow-scripts" });
  const around = element("div", { class: "glass drawn waiting" }, frame);
  const loaded = new Promise((done) => frame.addEventListener("load", done));
  let asked = 0;
  let shown = null; // its size
  place.append(around);
  new ResizeObserver(() => shown && fit(around, frame, shown, place.clientWidth)).observe(place);
  addEventListener("message", ({ source, data }) => {
    if (source !== frame.contentWindow || data.number !== asked) return;
    if (data.touched) touched(data.touched);
    if (data.drawn) {
      around.classList.remove("waiting");
      drawn();
    }
  });
  return async (size, directive) => {
    const number = ++asked;
    shown = size;
    around.classList.add("waiting");
    if (!size || !directive) return;
    fit(around, frame, size, place.clientWidth);
    await loaded;
    frame.contentWindow.postMessage({ number, directive, size }, "*"); // its origin is nobody's: it has no name
  };
}

// Set by script, which the policy allows; a style attribute is not.
function fit(around, frame, size, room) {
  const scale = Math.min(1, (room - 20) / size.width);
  Object.assign(frame.style, { width: `${size.width}px`, height: `${size.height}px`, transform: `scale(${scale})` });
  Object.assign(around.style, { width: `${size.width * scale}px`, height: `${size.height * scale}px` });
}
