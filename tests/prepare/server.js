// The package's own files and the tests' pictures, under the strict policy that pages are to have.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SCRIPTS = /^\/(pkg|tests\/prepare\/inside)\/[\w/-]+\.js$/;
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
    const [type, body, policy = POLICY] = await answer(url, media, scripts);
    response
      .writeHead(body === undefined ? 404 : 200, {
        "Content-Type": type,
        "Content-Security-Policy": policy,
      })
      .end(body);
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () =>
      resolve({ url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }),
    );
  });
}

async function answer(url, media, scripts) {
  if (PAGES[url]) return ["text/html", "<!doctype html><input type=file>", PAGES[url]];
  if (SCRIPTS.test(url)) return ["text/javascript", await readFile(ROOT + url).catch(() => {})];
  const script = /^\/scripts\/(.+)$/.exec(url);
  if (script) return ["text/javascript", scripts[script[1]]];
  return ["application/octet-stream", media[decodeURI(url).replace("/media/", "")]];
}
