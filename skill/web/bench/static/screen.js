// The device's screen: a response's RenderDocument drawn by Amazon's viewhost where it is installed (its index.js
// defines the global AplRenderer), and as plain text where it is not.

import { element } from "./bench.js";

const SIZES = {
  round: { width: 480, height: 480, dpi: 160, isRound: true, shape: "ROUND", mode: "HUB" },
  hub: { width: 1280, height: 800, dpi: 160, isRound: false, shape: "RECTANGLE", mode: "HUB" },
  tv: { width: 1920, height: 1080, dpi: 320, isRound: false, shape: "RECTANGLE", mode: "TV" },
};
// The parts of our data source in the order in which they are read, those of a page and of an urgent one.
const PARTS = ["number", "action", "title", "text", "rows", "rest", "warning_title", "warning", "disclaimer", "source", "question", "buttons"];
let engine = null;
let renderer = null; // of what is on the screen now
let shown = 0; // how often something was shown: what is drawn too late is left

export function directiveOf(response) {
  const all = response?.response?.directives ?? [];
  return all.find((directive) => directive.type === "Alexa.Presentation.APL.RenderDocument") ?? null;
}

// Shows what `response` puts on the screen of `device`; `touched` gets the arguments of what is touched there.
export async function show(place, device, response, viewhost, touched) {
  const mine = ++shown;
  const size = SIZES[device];
  renderer?.destroy();
  renderer = null;
  place.hidden = !size;
  place.replaceChildren();
  if (!size) return;
  place.className = `screen ${device}`;
  const directive = directiveOf(response);
  if (!directive) {
    place.append(frame(element("p", { class: "quiet" }, "This response holds nothing for the screen.")));
    return;
  }
  try {
    if (!viewhost) throw new Error("no viewhost");
    const apl = await load(viewhost);
    if (mine === shown) await drawn(apl, place, size, directive, touched);
  } catch {
    if (mine === shown) place.replaceChildren(frame(plainly(directive, touched)));
  }
}

function frame(...inside) {
  return element("div", { class: "glass", tabindex: "0", role: "region", "aria-label": "Screen" }, inside);
}

function plainly(directive, touched) {
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

async function drawn(apl, place, size, directive, touched) {
  const content = apl.Content.create(JSON.stringify(directive.document));
  for (const [name, source] of parametersOf(directive)) content.addData(name, JSON.stringify(source));
  if (!content.isReady() || content.isError()) throw new Error("the viewhost cannot read the document");
  const view = element("div", { class: "view" });
  const glass = element("div", { class: "glass drawn" }, view);
  place.replaceChildren(glass);
  const scale = Math.min(1, place.clientWidth / size.width);
  view.style.width = `${size.width}px`; // set by script, which the policy allows; a style attribute is not
  view.style.height = `${size.height}px`;
  view.style.transform = `scale(${scale})`;
  glass.style.height = `${size.height * scale}px`;
  glass.style.width = `${size.width * scale}px`;
  const { mode, ...viewport } = size;
  renderer = apl.default.create({
    view,
    environment: { agentName: "bump-guide-bench", agentVersion: "1", disallowVideo: true },
    viewport,
    theme: "dark",
    content,
    mode,
    utcTime: Date.now(),
    localTimeAdjustment: 0,
    onSendEvent: (event) => touched(event.arguments ?? []),
  });
  await renderer.init();
}

// The document's parameters take whole data sources by name; "payload" takes all of them.
function parametersOf(directive) {
  const sources = directive.datasources ?? {};
  const wanted = directive.document?.mainTemplate?.parameters ?? [];
  return wanted.map((parameter) => {
    const name = typeof parameter === "string" ? parameter : parameter.name;
    return [name, name === "payload" ? sources : sources[name] ?? {}];
  });
}

async function ready() {
  await globalThis.AplRenderer.initEngine();
  return globalThis.AplRenderer;
}

function load(address) {
  engine ??= new Promise((done, failed) => {
    const script = element("script", { src: address, charset: "utf-8" });
    script.addEventListener("load", () => done(ready())); // a fault of it refuses the promise, and we show plainly
    script.addEventListener("error", () => failed(new Error("the viewhost cannot be loaded")));
    document.head.append(script);
  });
  return engine;
}
