// Serves the package and the tests' pictures under the strict CSP that the documentation recommends.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { listen } from "../support/server.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Where `exports` resolves the entry, which pages import as `/divar-chat-media/prepare`. */
const ENTRY = fileURLToPath(import.meta.resolve("divar-chat-media/prepare")).slice(ROOT.length - 1);
const SCRIPTS = /^\/(pkg|tests\/prepare\/inside|tests\/support)\/[\w/-]+\.js$/;
const POLICY = "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const PAGES = {
  "/": POLICY,
  "/no-worker": `${POLICY}; worker-src 'none'`,
  "/convert": `${POLICY}; worker-src 'self' blob:; media-src blob:`,
};

/**
 * @param {Record<string, Buffer>} media by name, served under `/media/`
 * @param {Record<string, Uint8Array>} scripts by name, served under `/scripts/`
 * @returns {Promise<{ url: string, close(): void }>}
 */
export function serve(media, scripts = {}) {
  const server = createServer(async ({ url }, response) => {
    if (url === "/divar-chat-media/prepare") {
      response.writeHead(302, { Location: ENTRY }).end();
      return;
    }
    const [type, body, policy = POLICY] = await answer(url, media, scripts);
    response
      .writeHead(body === undefined ? 404 : 200, {
        "Content-Type": type,
        "Content-Security-Policy": policy,
      })
      .end(body);
  });
  return listen(server);
}

async function answer(url, media, scripts) {
  if (PAGES[url]) return ["text/html", "<!doctype html><input type=file>", PAGES[url]];
  if (SCRIPTS.test(url)) return ["text/javascript", await readFile(ROOT + url).catch(() => {})];
  const script = /^\/scripts\/(.+)$/.exec(url);
  if (script) return ["text/javascript", scripts[script[1]]];
  return ["application/octet-stream", media[decodeURI(url).replace("/media/", "")]];
}
