// What a page downloads of the package is what it imports.
import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";

/** The package's files in a page that imports this. */
async function filesIn(contents) {
  const { metafile } = await build({
    stdin: { contents, resolveDir: "." },
    bundle: true,
    metafile: true,
    write: false,
    format: "esm",
  });
  const [{ inputs }] = Object.values(metafile.outputs);
  return Object.keys(inputs).filter((path) => path.startsWith("pkg/"));
}

const isOfPreparing = (path) => /prepare/.test(path);

test("a page that only uploads downloads nothing of inspecting and preparing", async () => {
  const files = await filesIn('export * from "divar-chat-media";');
  assert.ok(files.includes("pkg/dist/page/wasm.js"));
  assert.deepEqual(files.filter(isOfPreparing), []);
});

test("a page that only prepares downloads nothing of uploading", async () => {
  const files = await filesIn('export * from "divar-chat-media/prepare";');
  assert.ok(files.includes("pkg/dist/prepare/wasm.js"));
  const others = files.filter((path) => !isOfPreparing(path)).sort();
  assert.deepEqual(others, [
    "pkg/error.js",
    "pkg/loader.js",
    "pkg/runtime/bytes.js",
    "pkg/runtime/inline.js",
  ]);
});
