// A benchmark's page, in headless Chromium.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { launch } from "../tests/support/chromium.js";
import { listen } from "../tests/support/server.js";

/**
 * Starts it with a page that has an input for each of the `types`, and one of these `modules` runs
 * in it: the first. The others are served beside it under their own names.
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

    /** A fresh page whose inputs hold these files, by type. */
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

/** Their paths on a server, with type and text, bundled and minified as `cargo xtask size` does. */
export async function bundle(modules) {
  const { outputFiles } = await build({
    entryPoints: modules.map((module) => fileURLToPath(import.meta.resolve(module))),
    entryNames: "[name]",
    outdir: "/",
    bundle: true,
    format: "esm",
    minify: true,
    charset: "utf8",
    write: false,
  });
  return new Map(outputFiles.map(({ path, text }) => [path, ["text/javascript", text]]));
}

function html(types, script) {
  const inputs = types.map((type) => `<input type="file" id="${type}" multiple>`).join("\n");
  return `<!doctype html><meta charset="utf-8"><title>bench</title>\n${inputs}
<script type="module" src="${script}"></script>`;
}
