// What npm would publish.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { homedir } from "node:os";
import { test } from "node:test";

const { DIVAR_TARBALL: tarball } = process.env;
const tar = (...args) => execFileSync("tar", args, { encoding: "utf8" });

const FILES = `
  LICENSE
  README.md
  dist/divar_chat_media_bg.js
  dist/divar_chat_media_bg.wasm
  dist/edge.cjs
  dist/edge.d.cts
  dist/index.cjs
  dist/index.d.cts
  dist/index.d.ts
  dist/page.cjs
  dist/page/divar_chat_media_bg.js
  dist/page/wasm.js
  dist/prepare.cjs
  dist/prepare.d.cts
  dist/prepare/divar_chat_media_bg.js
  dist/prepare/divar_chat_media_bg.wasm
  dist/prepare/wasm.js
  dist/queue.d.cts
  dist/types.d.cts
  dist/wasm.js
  edge.d.ts
  edge.edge-light.js
  edge.js
  edge.workerd.js
  error.js
  functions.js
  index.d.ts
  index.edge-light.js
  index.js
  index.workerd.js
  loader.js
  package.json
  page.js
  platform/future.js
  platform/gate.js
  platform/options.js
  platform/progress.js
  platform/request.js
  platform/values.js
  platform/work.js
  prepare.d.ts
  prepare.edge-light.js
  prepare.js
  prepare.workerd.js
  prepare/abort.js
  prepare/canvas.js
  prepare/functions.js
  prepare/jpeg.js
  prepare/level.js
  prepare/microphone.js
  prepare/options.js
  prepare/picture-worker.js
  prepare/picture.js
  prepare/redraw.js
  prepare/refusal.js
  prepare/room.js
  prepare/task.js
  prepare/turns.js
  prepare/voice.js
  prepare/worker.js
  queue.d.ts
  queue.js
  queued.js
  runtime/bytes.js
  runtime/edge-light.js
  runtime/inline.js
  runtime/page.js
  runtime/prepare.edge-light.js
  runtime/prepare.js
  runtime/prepare.workerd.js
  runtime/server.js
  runtime/workerd.js
  tokens.js
`;

test("the package has the files that a user needs, and no other", () => {
  const listed = tar("-tzf", tarball).trim().split("\n");
  const files = listed.map((path) => path.replace("package/", "")).sort();
  assert.deepEqual(files, FILES.trim().split(/\s+/));
});

test("installing it runs nothing and brings nothing else", () => {
  const manifest = JSON.parse(tar("-xzOf", tarball, "package/package.json"));
  const { scripts, dependencies, peerDependencies, optionalDependencies } = manifest;
  assert.deepEqual(
    [scripts, dependencies, peerDependencies, optionalDependencies],
    [undefined, undefined, undefined, undefined],
  );
});

test("no file names a place on the machine that built it", () => {
  const unpacked = execFileSync("tar", ["-xzOf", tarball, "package/dist"], {
    encoding: "latin1",
    maxBuffer: 2 ** 26,
  });
  for (const place of [homedir(), process.cwd(), "/.cargo/", "/rustlib/"]) {
    assert.ok(!unpacked.includes(place), place);
  }
});
