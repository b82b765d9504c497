// The bundles on a server of their own, as a site would have them: compressed, and kept by caches.
import { createServer } from "node:http";
import { brotliCompressSync } from "node:zlib";
import text from "../../pkg/wasm/page/text.js";
import { listen } from "../../tests/support/server.js";
import { bundle } from "../browser.js";

/** The clock: from `import` to the answer of the first call. */
const HTML = `<!doctype html><meta charset="utf-8"><title>start</title><script>
  globalThis.start = async (script, first) => {
    const begun = performance.now();
    const module = await import(script);
    const ready = await module[first]();
    const took = performance.now() - begun;
    if (ready !== true) throw new Error(script + " is not ready");
    return took;
  };
</script>`;
const KEPT = "public, max-age=3600, immutable";

/** Serves the `scripts` of this folder, and the package's module as a file. */
export async function openSite(scripts) {
  const modules = scripts.map((name) => new URL(name, import.meta.url).href);
  const files = await bundle(modules);
  files.set("/module.wasm", ["application/wasm", Buffer.from(text, "latin1")]);
  files.set("/", ["text/html", HTML]);
  const compressed = new Map(
    [...files].map(([path, [type, body]]) => [path, [type, brotliCompressSync(body)]]),
  );
  const server = createServer(({ url, headers }, answer) => {
    const [type, body] = compressed.get(url) ?? [];
    if (!type) return answer.writeHead(404).end();
    if (!/\bbr\b/.test(headers["accept-encoding"])) return answer.writeHead(406).end();
    answer.setHeaders(head(url, type, body)).end(body);
  });
  return listen(server);
}

/** The last two make the page's clock as fine as it can be. */
const head = (url, type, body) =>
  new Headers({
    "Content-Type": type === "application/wasm" ? type : `${type}; charset=utf-8`,
    "Content-Encoding": "br",
    "Content-Length": body.length,
    "Cache-Control": url === "/" ? "no-store" : KEPT,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
  });
