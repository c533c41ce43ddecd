// Inside the locked frame, behind the viewhost in one and the same script: its engine tells once, and early, that it is
// ready. Takes {number, directive, size} from the page, answers {number, drawn} or {number, touched: arguments}.

const engine = AplRenderer.initEngine();
const page = new URL(location.href).origin;
const view = document.getElementById("view");
let renderer = null;
let waiting = Promise.resolve(); // one is drawn after another

addEventListener("message", ({ source, origin, data }) => {
  if (source === parent && origin === page) waiting = waiting.then(() => draw(data)).catch((fault) => console.warn(fault));
});

async function draw({ number, directive, size }) {
  await engine;
  renderer?.destroy();
  view.replaceChildren();
  Object.assign(view.style, { width: `${size.width}px`, height: `${size.height}px` });
  const { mode, ...viewport } = size;
  renderer = AplRenderer.default.create({
    view,
    mode,
    viewport,
    content: contentOf(directive),
    theme: "dark",
    environment: { agentName: "bump-guide-bench", agentVersion: "1", disallowVideo: true },
    utcTime: Date.now(),
    localTimeAdjustment: 0,
    onSendEvent: (event) => parent.postMessage({ number, touched: event.arguments ?? [] }, page),
  });
  await renderer.init();
  parent.postMessage({ number, drawn: true }, page);
}

// The document's parameters take whole data sources by name; "payload" takes all of them.
function contentOf({ document, datasources = {} }) {
  const content = AplRenderer.Content.create(JSON.stringify(document));
  for (const parameter of document?.mainTemplate?.parameters ?? []) {
    const name = parameter.name ?? parameter;
    content.addData(name, JSON.stringify(name === "payload" ? datasources : datasources[name] ?? {}));
  }
  if (!content.isReady() || content.isError()) throw new Error("the viewhost cannot read the document");
  return content;
}
