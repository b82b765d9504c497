// The README's page and its Worker, as they are written there, bundled with the packed package.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { getRequestListener } from "@hono/node-server";
import { build } from "esbuild";
import { emulatorAddress } from "../support/emulator.js";
import { JPEG } from "../support/samples.js";
import { sha256 } from "../support/sha256.js";
import { useEmulator } from "./divar.js";
import { CONVERSATION, folderOf } from "./example.js";
import { visit } from "./visit.js";

const { url: emulator, key: DIVAR_API_KEY } = emulatorAddress();

const HTML =
  '<!doctype html><html lang="fa"><title>README</title><input type="file"><script type="module" src="/page.js"></script></html>';

/** What the snippets leave to the app. */
const APP = {
  "In a page": `
    const input = document.querySelector("input");
    const conversationId = "${CONVERSATION}";
    const show = (sentence) => console.error(sentence);`,
  "On a server": `
    const yourSession = async ({ method }) =>
      method === "POST" ? { conversations: ["${CONVERSATION}"] } : undefined;`,
};

/** Bundles the first block of code in a section of the README into a file, after what the app has. */
function bundle(section, outfile, conditions) {
  const [, body] = readFileSync("README.md", "utf8").split(`\n## ${section}\n`);
  const [, code] = /```\w+\n(.*?)```/s.exec(body);
  return build({
    stdin: { contents: APP[section] + code, resolveDir: folderOf("express"), loader: "ts" },
    outfile,
    bundle: true,
    format: "esm",
    platform: "neutral",
    conditions,
    logOverride: { "empty-import-meta": "silent" },
  });
}

test("the README's page sends a picture through the README's Worker", async () => {
  const folder = mkdtempSync(join(folderOf("."), ".readme-"));
  const server = createServer();
  try {
    await bundle("In a page", join(folder, "page.js"), ["browser", "import"]);
    await bundle("On a server", join(folder, "worker.mjs"), ["import"]);
    const { default: worker } = await import(pathToFileURL(join(folder, "worker.mjs")));
    useEmulator(emulator);
    const media = getRequestListener((request) => worker.fetch(request, { DIVAR_API_KEY }));
    const files = { "/": ["text/html", HTML] };
    files["/page.js"] = ["text/javascript", readFileSync(join(folder, "page.js"))];
    server.on("request", (request, response) => {
      if (request.url.startsWith("/divar/")) return media(request, response);
      const [type, content] = files[request.url] ?? ["text/plain", ""];
      response.writeHead(content ? 200 : 404, { "Content-Type": type }).end(content);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${server.address().port}/`;
    await visit(url, choosePicture, { chatUrl: emulator });
  } finally {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  }
  const { messages } = await (await fetch(`${emulator}/__emulator/messages`)).json();
  assert.deepEqual(
    messages.map(({ media }) => media.sha256),
    [await sha256(JPEG)],
  );
});

async function choosePicture(page) {
  await page.evaluate(useEmulator, emulator);
  const answer = page.waitForResponse((response) => response.url().endsWith("/messages"));
  const buffer = Buffer.from(JPEG);
  await page.locator("input").setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer });
  assert.equal((await answer).status(), 200);
}
