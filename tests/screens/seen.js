// In the page: renders a screen, and tells what can be seen of it.
window.sent = [];

const settled = async () => {
  await document.fonts.ready;
  for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);
};

// Text is measured once, when it is laid out: the fonts have to be there before.
const fontsLoaded = async () => {
  const asked = ["400", "700"].map((weight) => document.fonts.load(`${weight} 20px amazon-ember-display`));
  return (await Promise.all(asked)).every((faces) => faces.length > 0);
};

window.render = async ({ document: apl, datasources, viewport }) => {
  const faults = [];
  const view = document.getElementById("view");
  Object.assign(view.style, { width: `${viewport.width}px`, height: `${viewport.height}px` });
  if (viewport.isRound) view.style.borderRadius = "50%";
  await window.engine;
  if (!(await fontsLoaded())) return ["the viewhost's fonts are not there"];
  const content = AplRenderer.Content.create(JSON.stringify(apl));
  content.addData("payload", JSON.stringify(datasources));
  if (content.isError() || !content.isReady()) return ["the viewhost refuses the document"];
  const renderer = AplRenderer.default.create({
    view,
    content,
    viewport,
    mode: viewport.mode,
    theme: "dark",
    environment: { agentName: "test", agentVersion: "1.0" },
    utcTime: Date.now(),
    localTimeAdjustment: 0,
    onSendEvent: (event) => window.sent.push(event.arguments),
    onRunTimeError: (errors) => faults.push(...errors.map(String)),
  });
  await renderer.init();
  await settled();
  return faults;
};

// A text component is an element around one paragraph; the classes are those of this release of the viewhost.
const texts = () => [...document.querySelectorAll("#view p")].map((words) => words.parentElement);
const wordsOf = (text) => text.textContent.replace(/\s+/g, " ").trim();

const inside = (box, room) =>
  box.left >= room.left - 1 && box.right <= room.right + 1 && box.top >= room.top - 1 && box.bottom <= room.bottom + 1;

const insideCircle = (box, view) => {
  const [x, y, radius] = [view.left + view.width / 2, view.top + view.height / 2, view.width / 2 + 1];
  const corners = [box.left, box.right].flatMap((left) => [box.top, box.bottom].map((top) => [left, top]));
  return corners.every(([left, top]) => Math.hypot(left - x, top - y) <= radius);
};

// Why a text cannot be read whole, or null. What scrolls stands for all that is in it.
const cut = (text) => {
  const words = text.firstElementChild;
  if (words.scrollWidth > text.clientWidth + 1 || words.scrollHeight > text.clientHeight + 1) return "too large for its box";
  const view = document.getElementById("view");
  let box = text.getBoundingClientRect();
  for (let around = text.parentElement; around !== view; around = around.parentElement) {
    const room = around.getBoundingClientRect();
    if (around.classList.contains("scrollView")) {
      const scrolled = { left: room.left, right: room.right, top: room.top - around.scrollTop };
      scrolled.bottom = scrolled.top + around.scrollHeight;
      if (!inside(box, scrolled)) return "outside what scrolls";
      box = room;
    } else if (getComputedStyle(around).overflow === "hidden" && !inside(box, room)) return "cut off by what is around it";
  }
  const room = view.getBoundingClientRect();
  if (!inside(box, room)) return "outside the screen";
  return view.style.borderRadius && !insideCircle(box, room) ? "over the round edge" : null;
};

// Whether all of it can be read before anybody scrolls.
const atOnce = (text) => {
  const box = text.getBoundingClientRect();
  const view = document.getElementById("view");
  for (let around = text.parentElement; around !== view; around = around.parentElement) {
    if (around.classList.contains("scrollView") && !inside(box, around.getBoundingClientRect())) return false;
  }
  return inside(box, view.getBoundingClientRect());
};

const look = (text) => {
  const { left, right, top } = text.getBoundingClientRect();
  const size = parseFloat(getComputedStyle(text.querySelector("p")).fontSize);
  return { text: wordsOf(text), cut: cut(text), atOnce: atOnce(text), size, left, right, top };
};

window.seen = () => ({ texts: texts().map(look) });

// Where a text's middle is, scrolled into view where it has to be.
window.middleOf = async (label) => {
  const text = texts().find((candidate) => wordsOf(candidate) === label);
  const scroller = text.closest(".scrollView");
  if (scroller) {
    const [box, room] = [text.getBoundingClientRect(), scroller.getBoundingClientRect()];
    scroller.scrollTop += box.top + box.height / 2 - room.top - room.height / 2;
    await settled();
  }
  const { x, y, width, height } = text.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
};
