// Each bundler's project is built from the packed package, opened once, and sends a picture.
import assert from "node:assert/strict";
import { readdir, realpath } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { createServer } from "vite";
import { emulatorAddress } from "../support/emulator.js";
import { serve } from "./backend/server.js";
import { standForDivar } from "./divar.js";
import { build, folderOf, startNext } from "./project.js";
import { sendPicture } from "./visit.js";

standForDivar(emulatorAddress().url);

test("the projects import the packed package, and not the workspace's", async () => {
  const entry = fileURLToPath(import.meta.resolve("divar-chat-media"));
  assert.equal(await realpath(entry), folderOf("node_modules/divar-chat-media/dist/index.js"));
});

for (const name of ["vite", "webpack", "esbuild"]) {
  test(`${name}: the built page sends a picture under a strict policy`, async () => {
    await build(name);
    const server = await serve(folderOf(`${name}/dist`));
    try {
      await sendPicture(server.url);
    } finally {
      server.close();
    }
  });
}

test("vite: the page of the dev server sends a picture", async () => {
  const backend = await serve(folderOf("vite"));
  const server = { host: "127.0.0.1", port: 0, proxy: { "/divar": backend.url } };
  const vite = await createServer({ root: folderOf("vite"), logLevel: "warn", server });
  try {
    await vite.listen();
    await sendPicture(vite.resolvedUrls.local[0]);
  } finally {
    await vite.close();
    backend.close();
  }
});

test("next: the project builds and its server starts", async (t) => {
  await build("next");
  const next = await startNext();
  try {
    await t.test("the page sends a picture through the route handler in Node", () =>
      sendPicture(next.url),
    );
    await t.test("the route handler works in the edge runtime too", () =>
      sendPicture(next.url, { prepare: useTheEdge }),
    );
    await t.test("the edge runtime gets the module compiled, as Vercel wants it", async () => {
      const chunks = await readdir(folderOf("next/.next/server/edge/chunks"));
      assert.ok(chunks.some((name) => name.endsWith(".wasm")));
    });
  } finally {
    next.close();
  }
});

/** The page's calls go to the same route handler in Next's other runtime. */
const useTheEdge = (page) =>
  page.route("**/divar/*", (route) => {
    const url = route.request().url().replace("/divar/", "/edge/");
    return route.continue({ url });
  });
