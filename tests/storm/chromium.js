// The storm in a page of Chromium, through the browser's own fetch and
// XMLHttpRequest. Run by `cargo xtask storm`.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { launch } from "../chromium.js";
import { announce, settings, show } from "./terminal.js";

const plan = {
  ...settings(),
  // So many connections a browser has to one host: none of ours ever waits for another.
  atOnce: 6,
  transports: [
    { name: "fetch", tells: false, isInjected: true },
    { name: "XMLHttpRequest", tells: true },
  ],
};

const script = await bundle();
const server = await serve(script);
const browser = await launch();
try {
  announce(`Chromium ${browser.version()}`, plan);
  const page = await browser.newPage();
  page.on("console", (said) => said.type() === "log" && console.log(said.text()));
  const thrown = [];
  page.on("pageerror", (error) => thrown.push(`thrown in the page: ${error}`));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const outcome = await page.evaluate((plan) => globalThis.storm(plan), plan);
  outcome.complaints.push(...thrown);
  show(plan, outcome);
} finally {
  await browser.close();
  server.close();
}

async function bundle() {
  const entry = fileURLToPath(new URL("page.js", import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    // Not as for a page: this one holds the key, and so has the module of both sides.
    platform: "neutral",
    write: false,
  });
  return outputFiles[0].text;
}

/** An origin of its own on loopback, as an app's page has: the emulator is another one. */
function serve(script) {
  const files = {
    "/": ["text/html", '<!doctype html><script type="module" src="/page.js"></script>'],
    "/page.js": ["text/javascript", script],
  };
  const server = createServer((request, response) => {
    const [type, text] = files[request.url] ?? ["text/plain", ""];
    response.writeHead(text ? 200 : 404, { "Content-Type": `${type}; charset=utf-8` }).end(text);
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}
