// The page under test, bundled, on an origin of its own.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { listen } from "../support/server.js";

/** Serves it as an app's page is: the emulator is another origin. */
export async function servePage() {
  const files = {
    "/": ["text/html", '<!doctype html><script type="module" src="/page.js"></script>'],
    "/page.js": ["text/javascript", await bundle()],
  };
  const server = createServer((request, response) => {
    const [type, text] = files[request.url] ?? ["text/plain", ""];
    response.writeHead(text ? 200 : 404, { "Content-Type": `${type}; charset=utf-8` }).end(text);
  });
  return listen(server);
}

async function bundle() {
  const entry = fileURLToPath(new URL("page.js", import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    // Not as for a page: this one has the key, and needs the module of both sides.
    platform: "neutral",
    write: false,
  });
  return outputFiles[0].text;
}
