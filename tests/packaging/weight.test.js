// What a page downloads of the package is what it imports.
import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";
import { loadedAtOnce } from "../support/metafile.js";

/** The package's files that a page downloads when it imports this. */
async function filesIn(contents) {
  const { metafile } = await build({
    stdin: { contents, resolveDir: "." },
    bundle: true,
    splitting: true,
    metafile: true,
    write: false,
    outdir: "out",
    format: "esm",
  });
  const chunks = loadedAtOnce(metafile.outputs, "out/stdin.js");
  const inputs = [...chunks].flatMap((chunk) => Object.entries(metafile.outputs[chunk].inputs));
  const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return used.map(([path]) => path).filter((path) => path.startsWith("pkg/"));
}

const isOfPreparing = (path) => /prepare/.test(path);

test("a page that only uploads downloads nothing of inspecting and preparing", async () => {
  const files = await filesIn('export * from "divar-chat-media";');
  assert.ok(files.includes("pkg/wasm/page/text.js"));
  assert.deepEqual(files.filter(isOfPreparing), []);
  assert.ok(!files.some((path) => path.includes("server")), "the module that can send the key");
});

test("a page that prepares downloads the parsers of videos and audio and the decoder of HEIC when it needs them", async () => {
  const files = await filesIn('export * from "divar-chat-media/prepare";');
  const later = files.filter((path) => /heic|wasm\/prepare\//.test(path));
  assert.deepEqual(later, []);
});

test("a page that prepares downloads nothing that converts", async () => {
  const files = await filesIn('export * from "divar-chat-media/prepare";');
  assert.deepEqual(
    files.filter((path) => /dist\/convert|mediabunny/.test(path)),
    [],
  );
});

test("a page that only prepares downloads nothing of uploading", async () => {
  const files = await filesIn('export * from "divar-chat-media/prepare";');
  assert.ok(files.includes("pkg/wasm/prepare-pictures/text.js"));
  const others = files.filter((path) => !isOfPreparing(path)).sort();
  assert.deepEqual(others, [
    "pkg/dist/abort.js",
    "pkg/dist/brand.js",
    "pkg/dist/errors/divar-media-error.js",
    "pkg/dist/errors/user-messages.js",
    "pkg/dist/errors/wasm-errors.js",
    "pkg/dist/notify.js",
    "pkg/dist/wasm/instance.js",
    "pkg/dist/wasm/latin1.js",
    "pkg/dist/wasm/loader.js",
    "pkg/dist/wasm/sources.js",
    "pkg/dist/wasm/text-coding.js",
  ]);
});
