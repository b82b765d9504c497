// How much of a video is read, and how much memory the module takes, does not depend on its length.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { linearMemory } from "../../bench/harness/memory.js";
import { counted } from "./counted.js";
import { boxesIn } from "./make/boxes.js";
import { noise } from "./make/long.js";

const { inspectMedia, prepareMedia } = await import("divar-chat-media/prepare");

/** Limit of what `inspectMedia` reads of a file. */
const INSPECTED = 256 * 1024;
/** Limit of what is read besides the index (`moov`): headers of the other boxes, a few pages at a time. */
const AROUND = 64 * 1024;

const films = {};
before(() => {
  for (const megabytes of [5, 49]) films[megabytes] = readFileSync(noise(megabytes));
});

/** Measures how much `work` reads of a file, and by how much the module's memory grows. */
async function watched(bytes, work) {
  let read = 0;
  const file = counted(new Blob([bytes]), "film.mp4", (count) => {
    read += count;
  });
  const memory = linearMemory();
  const result = await work(file);
  return { read, grown: linearMemory() - memory, result };
}

const index = (bytes) => [...boxesIn(bytes)].find(({ type }) => type === "moov").size;

test("the first call starts the module", async () => {
  await inspectMedia(new Blob(["x"]));
  assert.ok(linearMemory() > 0);
});

for (const megabytes of [5, 49]) {
  test(`inspectMedia reads at most 256 KiB of a ${megabytes} MB video`, async () => {
    const { read, result } = await watched(films[megabytes], (file) => inspectMedia(file));
    assert.equal(result.format, "mp4");
    assert.ok(result.private.includes("location"));
    assert.ok(read <= INSPECTED, `${read} bytes`);
  });

  test(`prepareMedia reads only the index of a ${megabytes} MB video to move it to the front`, async () => {
    const prepare = (file) => prepareMedia(file, "video");
    const { read, result } = await watched(films[megabytes], prepare);
    const most = INSPECTED + index(films[megabytes]) + AROUND;
    assert.ok(read <= most, `${read} bytes; the limit is ${most}`);
    assert.ok(Math.abs(result.size - films[megabytes].length) < AROUND);
  });
}

test("the module's memory does not grow with the video's length", async () => {
  const prepare = (file) => prepareMedia(file, "video");
  await watched(films[5], prepare);
  const { grown } = await watched(films[49], prepare);
  assert.equal(grown, 0, `grown by ${grown} bytes`);
});

test("a slice of a prepared file reads only the bytes of that slice", async () => {
  const { read } = await watched(films[49], async (file) => {
    const prepared = await prepareMedia(file, "video");
    return prepared.slice(0, 1024).arrayBuffer();
  });
  assert.ok(read < films[49].length / 10, `${read} bytes`);
});
