// A file that is relayed streams through workerd, however long it is and however slow Divar.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openSpace } from "../support/emulator.js";
import { bundleWorkers, startWorkerd } from "../support/workerd.js";
import { sendVideo } from "./video.js";

const MIB = 2 ** 20;
/** What a Worker has on Cloudflare, its own code and heap included. */
const ROOM = 128 * MIB;
/** How far two batches may lie apart, whatever their files' size: by how full the heap is. */
const NOISE = 40 * MIB;
const AT_ONCE = 8;
const LONG = 50_000_000;
const SHORT = 5_000_000;

let folder;
before(async () => {
  folder = await bundleWorkers(new URL("./", import.meta.url), ["worker.js"]);
});
after(() => folder?.remove());

/** Sends eight through a fresh workerd; gives what came of them, and by how much it grew. */
async function relayEight(space, size, hasLength) {
  const { urls, memory, stop } = await startWorkerd(folder.config);
  try {
    const endpoint = (space) => `${urls.http}${space.path}/divar`;
    // The module starts at its first request.
    await sendVideo(endpoint(openSpace()), 100_000, hasLength);
    const idle = memory.now();
    memory.forgetPeak();
    const sending = Array.from({ length: AT_ONCE }, () =>
      sendVideo(endpoint(space), size, hasLength),
    );
    const sent = await Promise.all(sending);
    const growth = memory.peak() - idle;
    const [before, more] = [idle, growth].map((bytes) => (bytes / MIB).toFixed(1));
    console.log(`${AT_ONCE} × ${size / 1e6} MB: ${before} MiB idle, ${more} MiB more at its peak`);
    return { sent, growth };
  } finally {
    await stop();
  }
}

/** As they, with every hash confirmed; gives by how much workerd grew. */
async function arriveWhole(size, hasLength) {
  const space = openSpace();
  const { sent, growth } = await relayEight(space, size, hasLength);
  for (const { status, body } of sent) assert.equal(status, 200, JSON.stringify(body));
  const uploads = await space.requests("upload");
  const arrived = uploads.map(({ upload }) => upload.sha256);
  assert.deepEqual(arrived.sort(), sent.map(({ sha256 }) => sha256).sort());
  await space.clear();
  return growth;
}

for (const [how, hasLength] of [
  ["with a Content-Length", true],
  ["without a Content-Length", false],
]) {
  test(`eight videos of 50 MB at once, ${how}, take no more memory than shorter ones`, async () => {
    const short = await arriveWhole(SHORT, hasLength);
    const long = await arriveWhole(LONG, hasLength);
    assert.ok(long < ROOM, `workerd grew by ${long} bytes`);
    assert.ok(long - short < NOISE, `by ${long} bytes, and by ${short} for videos of a tenth`);
  });

  test(`back-pressure of Divar reaches the sender, ${how}`, async () => {
    const space = openSpace();
    await space.fault({ on: "upload", times: AT_ONCE, stall_request: { after: 1_000_000 } });
    const { sent, growth } = await relayEight(space, LONG, hasLength);
    for (const { status, body } of sent) {
      assert.equal(body.code, "stalled", JSON.stringify(body));
      assert.ok(status >= 500, `${status}`);
    }
    assert.ok(growth < ROOM, `workerd grew by ${growth} bytes`);
    await space.clear();
  });
}
