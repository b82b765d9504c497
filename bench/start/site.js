// The bundles on a server of their own, as a site has them: compressed, and kept by caches.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "vite";
import { listen } from "../../tests/support/server.js";
import { bundle } from "../harness/browser.js";

const CACHED = "public, max-age=3600, immutable";

const PAGE = fileURLToPath(new URL("page.js", import.meta.url));
const PACKAGE = new URL("contenders/divar-chat-media.js", import.meta.url).href;

/** Serves the page, and the package with its module streamed as `/streamed.js`. */
export async function openSite() {
  const files = new Map([...(await page()), ...(await streamed())]);
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

/** The page and its contenders as Vite builds them: each `import()` loads a file of its own. */
async function page() {
  const { output } = await build({
    configFile: false,
    logLevel: "warn",
    build: { write: false, target: "esnext", rolldownOptions: { input: PAGE } },
  });
  const scripts = output.filter(({ type }) => type === "chunk");
  const { fileName } = scripts.find(({ isEntry }) => isEntry);
  const html = `<!doctype html><meta charset="utf-8"><title>start</title>
<script type="module" src="/${fileName}"></script>`;
  const files = scripts.map(({ fileName, code }) => [`/${fileName}`, ["text/javascript", code]]);
  return [["/", ["text/html", html]], ...files];
}

/**
 * The package by its entry for workerd, which imports its module as a compiled one. The bundler makes of
 * that import a file which the page compiles while it arrives.
 */
async function streamed() {
  let module;
  const compiling = {
    name: "compile while streaming",
    setup(build) {
      build.onLoad({ filter: /\.wasm$/ }, async ({ path }) => {
        module = await readFile(path);
        const contents = 'export default await WebAssembly.compileStreaming(fetch("/module.wasm"))';
        return { contents, loader: "js" };
      });
    },
  };
  const options = { conditions: ["workerd"], plugins: [compiling] };
  const [[, file]] = await bundle([PACKAGE], options);
  return [
    ["/streamed.js", file],
    ["/module.wasm", ["application/wasm", module]],
  ];
}

/** The last two make the page's clock as fine as it can be. */
const head = (url, type, body) =>
  new Headers({
    "Content-Type": type === "application/wasm" ? type : `${type}; charset=utf-8`,
    "Content-Encoding": "br",
    "Content-Length": body.length,
    "Cache-Control": url === "/" ? "no-store" : CACHED,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
  });
