// Bodies whose bytes are seen to move, in every runtime.
import { assert } from "chai";
import { MP4 } from "../support/samples.js";
import { sha256 } from "../support/sha256.js";
import { assertReason, failure, needs, rejection, uploaded } from "./support.js";

/** More than the kernels of both sides take when a server stops reading. */
const LARGE = 20_000_000;

/** Why some cases are not for a browser's service worker. */
const UNSEEN = "a service worker sees no byte move, only the beginning and the end";

/** A video of `size` bytes in which no two pieces are the same. */
function video(size) {
  const bytes = new Uint8Array(size);
  const words = new Uint32Array(bytes.buffer);
  for (let index = 0; index < words.length; index += 1) words[index] = index;
  bytes.set(MP4);
  return { bytes, file: new File([bytes], 'خانهٔ "من".mp4', { type: "video/mp4" }) };
}

export const streams = {
  "progress rises to the file's size and the file arrives whole": async (runtime) => {
    const { bytes, file } = video(LARGE);
    const all = [];
    await uploaded(runtime, { file, type: "video", onProgress: (report) => all.push(report) });

    const [, { upload, body_bytes: sent, headers }] = await runtime.emulator.requests();
    assert.strictEqual(upload.sha256, await sha256(bytes));
    assert.strictEqual(upload.field, "file");
    assert.strictEqual(upload.file_name, 'خانهٔ "من".mp4');
    assert.strictEqual(upload.content_type, "video/mp4");
    const length = headers.find(([name]) => name === "content-length");
    if (length) assert.strictEqual(Number(length[1]), sent);

    const end = all.pop();
    assert.deepEqual(end, { loaded: LARGE, total: LARGE, phase: "processing" });
    assert.ok(all.length > 0, "it is reported before the end too");
    for (const [index, { loaded, total, phase }] of all.entries()) {
      assert.ok(loaded <= total && loaded > (all[index - 1]?.loaded ?? -1));
      assert.strictEqual(phase, "uploading");
    }
  },

  "progress of bare bytes is reported too": async (runtime) => {
    const { bytes, file } = video(100_000);
    const all = [];
    const onProgress = (report) => all.push(report);
    await uploaded(runtime, { file, type: "video", encoding: "binary", onProgress });
    const [, { upload }] = await runtime.emulator.requests();
    assert.strictEqual(upload.sha256, await sha256(bytes));
    assert.deepEqual(all.at(-1), { loaded: 100_000, total: 100_000, phase: "processing" });
  },

  "a given fetch replaces the platform's own, with progress too": async (runtime) => {
    const { bytes, file } = video(100_000);
    let calls = 0;
    const given = (...request) => {
      calls += 1;
      return fetch(...request);
    };
    const all = [];
    const onProgress = (report) => all.push(report);
    await uploaded(runtime, { file, type: "video", fetch: given, onProgress });
    const [, { upload }] = await runtime.emulator.requests();
    assert.strictEqual(upload.sha256, await sha256(bytes));
    assert.strictEqual(calls, 1);
    assert.deepEqual(all.at(-1), { loaded: 100_000, total: 100_000, phase: "processing" });
  },

  "an upload whose bytes stop moving ends as stalled": async (runtime) => {
    const { emulator, traits } = runtime;
    needs(traits.seesBytesMove, UNSEEN);
    await emulator.fault({ on: "upload", stall_request: { after: 100_000 } });
    const { file } = video(LARGE);
    const error = await failure(runtime, () =>
      uploaded(runtime, {
        file,
        type: "video",
        onProgress: () => {},
        stallTimeout: 1000,
        answerTimeout: 10_000,
      }),
    );
    const codes = traits.takesAhead ? ["stalled", "answer_timeout"] : ["stalled"];
    assert.include(codes, error.code);
    assert.strictEqual(error.retryable, true);
  },

  "the stall limit does not run while the server works": async (runtime) => {
    const { emulator } = runtime;
    await emulator.fault({ on: "upload", delay: { ms: 900 } });
    await uploaded(runtime, { onProgress: () => {}, stallTimeout: 300, answerTimeout: 60_000 });
  },

  "reads an answer that comes before the last byte": async (runtime) => {
    const { emulator } = runtime;
    await emulator.fault({ on: "upload", status: { status: 401 } });
    const { file } = video(LARGE);
    const error = await failure(runtime, () =>
      uploaded(runtime, { file, type: "video", onProgress: () => {} }),
    );
    assert.ok(["unauthorized", "network"].includes(error.code), error.code);
  },

  "a body that broke off is sent again as a whole": async (runtime) => {
    const { edge, emulator, secret } = runtime;
    await emulator.fault({ on: "upload", reset_request: { after: 300_000 } });
    const { bytes, file } = video(1_000_000);
    const token = ({ signal }) => edge.getUploadToken({ ...secret, signal });
    await uploaded(runtime, { file, type: "video", token, onProgress: () => {}, retries: 2 });
    const uploads = (await emulator.requests()).filter(({ route }) => route === "upload");
    assert.strictEqual(uploads.length, 2);
    assert.strictEqual(uploads[1].upload.sha256, await sha256(bytes));
  },

  "a signal ends an upload whose bytes are moving": async (runtime) => {
    const { emulator, traits } = runtime;
    needs(traits.seesBytesMove, UNSEEN);
    await emulator.fault({ on: "upload", stall_request: { after: 100_000 } });
    const controller = new AbortController();
    const call = uploaded(runtime, {
      file: video(LARGE).file,
      type: "video",
      onProgress: ({ loaded }) => loaded > 0 && controller.abort("the user left"),
      signal: controller.signal,
    });
    assertReason(runtime, await rejection(call), "the user left");
  },
};
