// The benchmark's page, in headless Chromium.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { launch } from "../tests/chromium.js";

const HTML = `<!doctype html><meta charset="utf-8"><title>bench</title>
<input type="file" id="video"><input type="file" id="image" multiple>
<script src="page.js"></script>`;

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL("page.js", import.meta.url))],
  bundle: true,
  minify: true,
  charset: "utf8",
  write: false,
});
const script = outputFiles[0].text;

const server = createServer(({ url }, answer) => {
  const [type, body] = url === "/page.js" ? ["text/javascript", script] : ["text/html", HTML];
  answer.setHeader("Content-Type", `${type}; charset=utf-8`).end(body);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));

const browser = await launch();

export const chromiumVersion = browser.version();

/** A fresh page whose inputs hold these files, by type. */
export async function openPage(paths) {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  for (const [type, those] of Object.entries(paths)) {
    await page.locator(`#${type}`).setInputFiles(those);
  }
  return page;
}

export async function closeBrowser() {
  await browser.close();
  server.close();
}
