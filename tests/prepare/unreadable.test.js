// Files whose properties or slices throw or give wrong values.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspectMedia, prepareMedia } from "divar-chat-media/prepare";

const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, ...new Array(200).fill(1)]);

function fileWith(property) {
  const file = new File([JPEG], "a.jpg");
  Object.defineProperties(file, Object.getOwnPropertyDescriptors(property));
  return file;
}

const fail = () => {
  throw new Error("gone");
};

const FILES = {
  "whose size throws": () =>
    fileWith({
      get size() {
        return fail();
      },
    }),
  "whose size is NaN": () =>
    fileWith({
      get size() {
        return Number.NaN;
      },
    }),
  "that is shorter than its size": () =>
    fileWith({
      get size() {
        return 1_000_000;
      },
    }),
  "whose slice throws": () => fileWith({ slice: fail }),
  "whose slices cannot be read": () =>
    fileWith({ slice: () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }) }),
};

for (const [what, make] of Object.entries(FILES)) {
  test(`rejects a file ${what} as unreadable`, async () => {
    await assert.rejects(inspectMedia(make()), { code: "file_unreadable" });
    await assert.rejects(prepareMedia(make(), "image"), { code: "file_unreadable" });
  });
}

test("rejects a file whose name throws as unreadable", async () => {
  const file = fileWith({
    get name() {
      return fail();
    },
  });
  await assert.rejects(prepareMedia(file, "image"), { code: "file_unreadable" });
});
