// A small project with the composer, built, and served beside the app's media routes.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createMediaHandler } from "divar-chat-media/edge";
import { build } from "vite";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

/** As strict as an app can have it: Lit makes the one policy for Trusted Types. */
const policy = (chatUrl) =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "worker-src 'self'",
    `connect-src 'self' ${new URL(chatUrl).origin}`,
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    "require-trusted-types-for 'script'",
    "trusted-types lit-html vue svelte-trusted-html",
  ].join("; ");

/** A picture of one pixel, as Playwright takes files. */
export const picture = (name) => ({ name, mimeType: "image/png", buffer: PIXEL });

const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Builds the project at `path`, relative to this folder, into `folder`. */
export async function buildProject(path, folder) {
  const root = fileURLToPath(new URL(path, import.meta.url));
  await build({ root, logLevel: "warn", build: { outDir: folder, emptyOutDir: true } });
}

/**
 * Serves a built project.
 *
 * @param {{base: string, key: string}} emulator a space of the emulator
 */
export async function serveProject(folder, { base, key }) {
  const handler = createMediaHandler({
    apiKey: key,
    openApiUrl: base,
    authorize: () => ({ conversations: ["demo"] }),
  });
  const server = createServer(async (request, response) => {
    response.setHeader("Content-Security-Policy", policy(base));
    if (request.url.startsWith("/divar/")) return handOver(handler, request, response);
    if (request.url === "/favicon.ico") return response.writeHead(204).end();
    const path = request.url === "/" ? "/index.html" : request.url;
    const text = await readFile(join(folder, path)).catch(() => undefined);
    response.writeHead(text ? 200 : 404, { "Content-Type": TYPES[extname(path)] ?? "text/plain" });
    response.end(text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}

/** Hands Node's request to the handler, and the handler's answer to Node. */
async function handOver(handler, request, response) {
  const { method, headers, url } = request;
  const body = Buffer.concat(await request.toArray());
  const answer = await handler(
    new Request(new URL(url, `http://${headers.host}`), { method, headers, body }),
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
}
