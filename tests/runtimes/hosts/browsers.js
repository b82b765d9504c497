// Browsers: in a page, a web worker and a service worker.
import { launch } from "../../support/chromium.js";
import { launch92 } from "../../support/chromium-92.js";
import { startFirefox } from "../../support/firefox.js";
import { bundle } from "./bundle.js";

const SCRIPT = "/browser.js";
const html = (script) => `<!doctype html><meta charset="utf-8"><script>${script}</script>`;
const PAGES = {
  page: `<!doctype html><meta charset="utf-8"><script src="${SCRIPT}"></script>`,
  worker: html(`new Worker("${SCRIPT}")`),
  "service worker": html(
    `navigator.serviceWorker.register("${SCRIPT}");
     navigator.serviceWorker.ready.then(({ active }) => active.postMessage("run"));`,
  ),
};

/** Chromium; `place` is a key of PAGES. */
export async function chromium(place) {
  const browser = await launch();
  return inChromium(place, browser, () => browser.close());
}

/** Chromium 92; `place` is a key of PAGES. */
export async function chromium92(place) {
  const { browser, close } = await launch92();
  return inChromium(place, browser, close);
}

function inChromium(place, browser, close) {
  const label = `Chromium ${browser.version()} ${place}`;
  const open = async (url) => {
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.log(`thrown in the page: ${error}`));
    await page.goto(url);
  };
  return { label, start: (context) => start(place, context, open, close) };
}

/** Firefox; `place` is a key of PAGES. */
export async function firefox(place) {
  const driver = await startFirefox();
  const version = (await driver.getCapabilities()).getBrowserVersion();
  const open = (url) => driver.get(url);
  const label = `Firefox ${version} ${place}`;
  return { label, start: (context) => start(place, context, open, () => driver.quit()) };
}

async function start(place, { folder, collector }, open, stop) {
  const files = await bundle(folder, "inside/browser.js", { format: "iife" });
  collector.files[SCRIPT] = files["browser.js"];
  collector.files["/index.html"] = PAGES[place];
  await open(`${collector.url}/index.html`);
  return { ended: collector.ended, stop };
}
