// The storm's page, bundled, on an origin of its own.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Serves it on loopback, as an app's page is: the emulator is another origin. */
export async function servePage() {
  const files = {
    "/": ["text/html", '<!doctype html><script type="module" src="/page.js"></script>'],
    "/page.js": ["text/javascript", await bundle()],
  };
  const server = createServer((request, response) => {
    const [type, text] = files[request.url] ?? ["text/plain", ""];
    response.writeHead(text ? 200 : 404, { "Content-Type": `${type}; charset=utf-8` }).end(text);
  });
  await new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
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
