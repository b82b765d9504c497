// A queue of many files.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MediaQueue } from "divar-chat-media";

const FILE = new Blob(["12345678"]);

/** Sends this many files through a queue whose sums are read at each change. */
async function send(count) {
  let most = 0;
  const queue = new MediaQueue({
    send: async (_file, { onProgress }) => onProgress({ loaded: 4, total: 8, phase: "uploading" }),
    token: () => "t",
    onChange: () => {
      most = Math.max(most, queue.loaded);
      assert.ok(queue.loaded <= queue.total && queue.entries.length === count);
    },
  });
  for (let index = 0; index < count; index += 1) queue.add(FILE);
  const results = await queue.settled();
  assert.equal(results.length, count);
  assert.deepEqual([queue.loaded, queue.total, most], [8 * count, 8 * count, 8 * count]);
}

/** Cancels, retries and removes this many files. */
async function cancelAndRemove(count) {
  const queue = new MediaQueue({ send: () => new Promise(() => {}), concurrency: 1 });
  const entries = Array.from({ length: count }, () => queue.add(FILE));
  for (const entry of entries) entry.cancel();
  assert.deepEqual([queue.loaded, queue.total], [0, 0]);
  for (const entry of entries) entry.retry();
  assert.equal(queue.total, 8 * count);
  for (const entry of entries) entry.remove();
  assert.deepEqual([queue.loaded, queue.total, queue.entries.length], [0, 0, 0]);
  assert.deepEqual(await queue.settled(), []);
}

/** How long it takes, in milliseconds. */
async function time(run, count) {
  const begun = performance.now();
  await run(count);
  return performance.now() - begun;
}

for (const run of [send, cancelAndRemove]) {
  test(`${run.name} takes time in proportion to the number of files`, async () => {
    await run(2_000);
    const few = await time(run, 2_000);
    const many = await time(run, 20_000);
    // Linear is ten times as long, quadratic a hundred times.
    assert.ok(many < few * 40, `${few} ms for 2,000 files, ${many} ms for 20,000`);
  });
}

test("a file whose name and size cannot be read fails alone", async () => {
  const broken = {
    get name() {
      throw new Error("gone");
    },
  };
  const queue = new MediaQueue({
    send: (file) => {
      if (file === broken) throw new Error("unreadable");
      return "sent";
    },
  });
  queue.add(broken);
  queue.add(FILE);
  const [failed, sent] = await queue.settled();
  assert.equal(failed.reason.message, "unreadable");
  assert.equal(sent.value, "sent");
});

test("callbacks that reject cause no unhandled rejection", async (t) => {
  const unhandled = t.mock.fn();
  process.on("unhandledRejection", unhandled);
  try {
    const fail = async () => {
      throw new Error("a defect of the app");
    };
    const queue = new MediaQueue({
      // The first file does not look at its token; the others fail by it.
      send: async (file, { token, signal }) => {
        const pending = token({ signal });
        if (file !== FILE) await pending;
      },
      token: fail,
      onChange: fail,
    });
    queue.add(FILE);
    queue.add(new Blob(["1"]));
    await queue.settled();
    // Unhandled rejections are reported before the next task.
    await new Promise((resolve) => setTimeout(resolve));
    assert.equal(unhandled.mock.callCount(), 0);
  } finally {
    process.off("unhandledRejection", unhandled);
  }
});
