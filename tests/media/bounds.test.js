// How much of a video is read, and how much memory the module takes, does not depend on its length.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { linearMemory } from "../../bench/harness/memory.js";
import { counted } from "./counted.js";
import { boxesIn } from "./make/boxes.js";
import { noise } from "./make/noise.js";

const { inspectMedia, prepareMedia } = await import("divar-chat-media/prepare");

/** Limit of what `inspectMedia` reads of a file. */
const INSPECTED = 256 * 1024;
/** Limit of what is read besides `moov`: headers of the other boxes, a few pages at a time. */
const AROUND = 64 * 1024;

const videos = {};
before(() => {
  for (const megabytes of [5, 49]) videos[megabytes] = readFileSync(noise(megabytes));
});

/** Measures how much `work` reads of a file, and by how much the module's memory grows. */
async function measured(bytes, work) {
  let read = 0;
  const file = counted(new Blob([bytes]), "video.mp4", (count) => {
    read += count;
  });
  const memory = linearMemory();
  const result = await work(file);
  return { read, grown: linearMemory() - memory, result };
}

const moovSize = (bytes) => [...boxesIn(bytes)].find(({ type }) => type === "moov").size;

test("the first call starts the module", async () => {
  await inspectMedia(new Blob(["x"]));
  assert.ok(linearMemory() > 0);
});

for (const megabytes of [5, 49]) {
  test(`inspectMedia reads at most 256 KiB of a ${megabytes} MB video`, async () => {
    const { read, result } = await measured(videos[megabytes], (file) => inspectMedia(file));
    assert.equal(result.format, "mp4");
    assert.ok(result.private.includes("location"));
    assert.ok(read <= INSPECTED, `${read} bytes`);
  });

  test(`prepareMedia reads only moov of a ${megabytes} MB video to move it to the start`, async () => {
    const prepare = (file) => prepareMedia(file, "video");
    const { read, result } = await measured(videos[megabytes], prepare);
    const most = INSPECTED + moovSize(videos[megabytes]) + AROUND;
    assert.ok(read <= most, `${read} bytes; the limit is ${most}`);
    assert.ok(Math.abs(result.size - videos[megabytes].length) < AROUND);
  });
}

test("the module's memory does not grow with the video's length", async () => {
  const prepare = (file) => prepareMedia(file, "video");
  await measured(videos[5], prepare);
  const { grown } = await measured(videos[49], prepare);
  assert.equal(grown, 0, `grown by ${grown} bytes`);
});

test("a slice of a prepared file reads only the bytes of that slice", async () => {
  const { read } = await measured(videos[49], async (file) => {
    const prepared = await prepareMedia(file, "video");
    return prepared.slice(0, 1024).arrayBuffer();
  });
  assert.ok(read < videos[49].length / 10, `${read} bytes`);
});
