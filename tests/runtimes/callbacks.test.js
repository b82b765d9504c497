// Callbacks of the caller's that fail in a task of their own. Node ends a process for a promise that
// is rejected and unhandled, so that each runs in a process of its own.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

/** What each script starts with. */
const PRELUDE = `
  import * as main from "divar-chat-media";
  import * as edge from "divar-chat-media/edge";
  import { uploaded } from "./support.js";
import { openSpace } from "../support/emulator.js";
import { JPEG } from "../support/samples.js";
  const emulator = openSpace();
  const secret = { apiKey: emulator.key, openApiUrl: emulator.base };
  const rejecting = async () => { throw new Error("mine"); };
  const failed = (call) => call.then(() => process.exit(3), () => {});
  const handlerOf = (options) =>
    edge.createMediaHandler({ ...secret, authorize: () => ({}), ...options });
  const post = (path) => new Request("https://app.example/divar" + path, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: "{}",
  });
  const file = new File([JPEG], "a.jpg");
`;

/** Scripts by the callback that rejects in them. */
const SCRIPTS = {
  onProgress: `await uploaded({ main, edge, emulator, secret }, { onProgress: rejecting });`,
  onStage: `await uploaded({ main, edge, emulator, secret }, { onStage: rejecting });`,
  token: `await failed(main.uploadMedia(file, "image", { token: rejecting, chatUrl: emulator.base }));`,
  headers: `await failed(main.getUploadToken({ endpoint: emulator.base, headers: rejecting }));`,
  onChange: `
    const queue = new main.MediaQueue({ send: async () => {}, onChange: rejecting });
    queue.add(file);
    await queue.settled();`,
  send: `
    const queue = new main.MediaQueue({ send: rejecting });
    queue.add(file);
    await queue.settled();`,
  onError: `
    await emulator.fault({ on: "token", status: { status: 500 } });
    const handle = handlerOf({ onError: rejecting });
    if ((await handle(post("/token"))).status !== 502) process.exit(3);`,
  authorize: `
    const handle = handlerOf({ authorize: rejecting });
    if ((await handle(post("/token"))).status !== 500) process.exit(3);`,
  "a file that cannot be read": `
    class Gone extends File {
      slice() { return { arrayBuffer: rejecting }; }
    }
    await failed(uploaded({ main, edge, emulator, secret }, { file: new Gone([JPEG], "a.jpg") }));`,
  "authorize, after its limit": `
    const authorize = () => new Promise((_, reject) => setTimeout(reject, 200, new Error("late")));
    const handle = handlerOf({ authorize, authorizeTimeout: 50 });
    if ((await handle(post("/token"))).status !== 504) process.exit(3);`,
  "token, after an abort": `
    const controller = new AbortController();
    const token = () => new Promise((_, reject) => setTimeout(reject, 200, new Error("late")));
    const call = main.uploadMedia(file, "image", {
      token, chatUrl: emulator.base, signal: controller.signal,
    });
    setTimeout(() => controller.abort(), 50);
    await failed(call);`,
};

/** Longer than the latest rejection takes, in milliseconds. */
const AFTERWARDS = 400;

for (const [name, script] of Object.entries(SCRIPTS)) {
  test(`a rejection of ${name} is never unhandled`, async () => {
    const ending = `await new Promise((resolve) => setTimeout(resolve, ${AFTERWARDS}));`;
    const source = `${PRELUDE}${script}${ending}`;
    const args = ["--unhandled-rejections=strict", "--input-type=module", "--eval", source];
    // A script of no file imports from the folder that it runs in.
    const cwd = fileURLToPath(new URL(".", import.meta.url));
    const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "inherit", "pipe"] });
    const written = child.stderr.toArray();
    const [code] = await once(child, "exit");
    assert.equal(code, 0, Buffer.concat(await written).toString());
  });
}
