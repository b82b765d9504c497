// A benchmark's page, in headless Chromium.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { launch } from "../../tests/support/chromium.js";
import { listen } from "../../tests/support/server.js";

/**
 * Starts Chromium with a page that has an input for each of the `types`, and runs the first of these
 * `modules`. The others are served beside it under their own names.
 */
export async function startBrowser(types, modules) {
  const files = await bundle(modules);
  files.set("/", ["text/html", html(types, files.keys().next().value)]);
  const server = createServer((request, answer) => {
    const [type, body] = files.get(request.url) ?? [];
    if (!type) return answer.writeHead(404).end();
    answer.setHeader("Content-Type", `${type}; charset=utf-8`).end(body);
  });
  const { url, close } = await listen(server);
  const browser = await launch();

  return {
    version: browser.version(),

    /** A fresh page whose inputs have these files, by type. */
    async openPage(paths) {
      const page = await browser.newPage();
      await page.goto(url);
      for (const [type, those] of Object.entries(paths)) {
        await page.locator(`#${type}`).setInputFiles(those);
      }
      return page;
    },

    async close() {
      await browser.close();
      close();
    },
  };
}

/**
 * Bundles and minifies modules as `cargo xtask size` does.
 *
 * @param {string[]} modules their URLs
 * @param {import("esbuild").BuildOptions} [options]
 * @returns {Promise<Map<string, [type: string, text: string]>>} by path on a server
 */
export async function bundle(modules, options = {}) {
  const files = new Map();
  const workers = new Set();
  let entryPoints = modules.map((module) => fileURLToPath(module));
  while (entryPoints.length > 0) {
    const { outputFiles } = await build({
      entryPoints,
      entryNames: "[name]",
      outdir: "/",
      bundle: true,
      format: "esm",
      target: "esnext",
      minify: true,
      charset: "utf8",
      write: false,
      ...options,
      plugins: [collectWorkers(workers), ...(options.plugins ?? [])],
    });
    for (const { path, text } of outputFiles) files.set(path, ["text/javascript", text]);
    entryPoints = [...workers].filter((path) => !files.has(`/${path.split("/").at(-1)}`));
  }
  return files;
}

const WORKER = /new Worker\(\s*new URL\("(\.[^"]+)", import\.meta\.url\)/g;

/** Collects the files of workers, which esbuild, unlike other bundlers, does not bundle. */
const collectWorkers = (workers) => ({
  name: "workers",
  setup(build) {
    build.onLoad({ filter: /\.js$/ }, async ({ path }) => {
      const contents = await readFile(path, "utf8");
      for (const [, file] of contents.matchAll(WORKER)) workers.add(join(dirname(path), file));
      return { contents, loader: "js" };
    });
  },
});

function html(types, script) {
  const inputs = types.map((type) => `<input type="file" id="${type}" multiple>`).join("\n");
  return `<!doctype html><meta charset="utf-8"><title>bench</title>\n${inputs}
<script type="module" src="${script}"></script>`;
}
