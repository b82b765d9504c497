// An app in Chromium: its server, its page and its service worker.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { launch } from "../support/chromium.js";
import { listen } from "../support/server.js";

const HTML = `<!doctype html><meta charset="utf-8"><title>app</title><link rel="icon" href="data:,">
<input type="file"><script src="/page.js"></script>`;

/** A service worker of one line, as many apps have. */
const SERVICE_WORKER = `
  addEventListener("install", () => skipWaiting());
  addEventListener("activate", (event) => event.waitUntil(clients.claim()));
  addEventListener("fetch", (event) => event.respondWith(fetch(event.request)));`;

const FILES = {
  "/": ["text/html", HTML],
  "/page.js": ["text/javascript", await bundle("page.js")],
  "/sw.js": ["text/javascript", SERVICE_WORKER],
};

/** Not as for a page: a test of this one gives the key, and so has the module of both sides. */
async function bundle(script) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(script, import.meta.url))],
    bundle: true,
    format: "iife",
    platform: "neutral",
    conditions: ["import"],
    write: false,
    logOverride: { "empty-import-meta": "silent" },
  });
  return outputFiles[0].text;
}

/**
 * Starts the app's server.
 *
 * @param {Record<string, (request, response) => void>} routes of its own, by their paths
 */
export async function startApp(routes = {}) {
  const server = createServer((request, response) => {
    const path = request.url.split("?")[0];
    if (routes[path]) return routes[path](request, response);
    const [type, text] = FILES[path] ?? ["text/plain", ""];
    response.writeHead(text ? 200 : 404, { "Content-Type": `${type}; charset=utf-8` }).end(text);
  });
  return listen(server);
}

/** Opens the app's page in a Chromium of its own; `close` ends both. */
export async function openApp(routes) {
  const app = await startApp(routes);
  const browser = await launch();
  const page = await browser.newPage();
  const messages = [];
  page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => messages.push(`thrown: ${error}`));
  await page.goto(app.url);
  const close = async () => {
    await browser.close();
    app.close();
  };
  return { app, page, messages, close };
}
