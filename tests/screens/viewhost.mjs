// Amazon's viewhost in a real browser, as a process: one JSON line in, one JSON line out.
//
//   {"validate": document}                               -> {"faults": [...]}
//   {"document", "datasources", "viewport", "picture"?}  -> {"faults", "outside", "texts": [{"text", "cut", "atOnce", "size", ...}]}
//   {"touch": label}                                     -> {"sent": arguments of the SendEvent, or null}
//
// No request leaves this machine. The viewhost would fetch Amazon's fonts, which are not free: it gets DejaVu Sans
// instead, which is wider, so that lines break no later. Whatever else is asked for is refused, and told as `outside`.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const [CHROMIUM, FONT, FONT_BOLD] = process.argv.slice(2);
const HERE = "http://viewhost.invalid/";
const AMAZONS_FONTS = "https://d1gkjrhppbyzyh.cloudfront.net/";
const PATIENCE = 600_000; // milliseconds: a busy machine is no fault of the screens
const require = createRequire(import.meta.url);
const read = (path) => readFileSync(path);
const FILES = {
  [HERE]: ["text/html", read(new URL("viewhost.html", import.meta.url))],
  [HERE + "seen.js"]: ["text/javascript", read(new URL("seen.js", import.meta.url))],
  // The engine tells once, and early, that it is ready: it has to be listened for in the very same script.
  [HERE + "viewhost.js"]: [
    "text/javascript",
    read(require.resolve("apl-viewhost-web")) + "\nwindow.engine = AplRenderer.initEngine();",
  ],
};

console.warn = () => {}; // the validator's remarks about itself
const { StaticAplTemplateValidator } = require("apl-suggester");

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"], timeout: PATIENCE });
let page, outside, faults;

function serve(route) {
  const url = route.request().url();
  if (url.startsWith(AMAZONS_FONTS)) {
    return route.fulfill({ path: /bold|_bd/i.test(url) ? FONT_BOLD : FONT, headers: { "Access-Control-Allow-Origin": "*" } });
  }
  const known = FILES[url];
  if (known) return route.fulfill({ contentType: known[0], body: known[1] });
  outside.push(url);
  return route.abort();
}

async function render({ document, datasources, viewport, picture }) {
  await page?.close();
  [outside, faults] = [[], []];
  page = await browser.newPage({ viewport: { width: viewport.width, height: viewport.height }, hasTouch: true });
  page.setDefaultTimeout(PATIENCE);
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.route("**/*", serve);
  await page.goto(HERE);
  const refused = await page.evaluate((screen) => window.render(screen), { document, datasources, viewport });
  if (picture) await page.screenshot({ path: picture });
  return { faults: [...refused, ...faults], outside, ...(await page.evaluate(() => window.seen())) };
}

async function touch(label) {
  const { x, y } = await page.evaluate((text) => window.middleOf(text), label);
  await page.touchscreen.tap(x, y);
  await page.waitForFunction(() => window.sent.length > 0);
  return { sent: await page.evaluate(() => window.sent.pop()) };
}

async function answer(order) {
  if ("validate" in order) return { faults: await new StaticAplTemplateValidator().validate(order.validate) };
  return "touch" in order ? touch(order.touch) : render(order);
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await answer(JSON.parse(line))) + "\n");
}
await browser.close();
