// Files that are changed, cut or removed after they were chosen.
import assert from "node:assert/strict";
import { mkdtempSync, openAsBlob, rmSync, truncateSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { uploadMedia } from "divar-chat-media";
import { getUploadToken } from "divar-chat-media/edge";
import { openSpace } from "../support/emulator.js";
import { JPEG } from "../support/samples.js";

const folder = mkdtempSync(join(tmpdir(), "divar-files-"));
after(() => rmSync(folder, { recursive: true }));

const SIZE = 3_000_000;
const BYTES = Buffer.concat([JPEG, Buffer.alloc(SIZE, 7)]);

let count = 0;
/** A file on the disk, chosen. */
async function chosen() {
  count += 1;
  const path = join(folder, `${count}.jpg`);
  writeFileSync(path, BYTES);
  return { path, file: await openAsBlob(path, { type: "image/jpeg" }) };
}

/** What becomes of a file after it was chosen. */
const CHANGES = {
  "is removed": (path) => unlinkSync(path),
  "is cut": (path) => truncateSync(path, SIZE / 2),
  "is rewritten": (path) => writeFileSync(path, Buffer.alloc(10, 1)),
};

/** Uploads with retries, and counts the tokens that are asked for. */
async function upload(emulator, file, { before = () => {}, ...more }) {
  let tokens = 0;
  const token = async () => {
    tokens += 1;
    const given = await getUploadToken({ apiKey: emulator.key, openApiUrl: emulator.base });
    before();
    return given;
  };
  const call = uploadMedia(file, "image", { token, chatUrl: emulator.base, ...more });
  const error = await call.then(
    () => assert.fail("it must fail"),
    (reason) => reason,
  );
  return { error, tokens: () => tokens };
}

for (const [what, change] of Object.entries(CHANGES)) {
  for (const [how, onProgress] of [
    ["without", undefined],
    ["with", () => {}],
  ]) {
    test(`a file that ${what} while its token is on its way is unreadable, ${how} progress`, async () => {
      const emulator = openSpace();
      const { path, file } = await chosen();
      const before = () => change(path);
      const { error, tokens } = await upload(emulator, file, { before, onProgress });
      assert.equal(error.code, "file_unreadable", String(error.cause ?? error));
      assert.equal(error.retryable, false);
      assert.equal(tokens(), 1);
    });
  }
}

/** A file whose content can no longer be read once `gone` is set. */
class Vanishing extends File {
  gone = false;
  #guard(read) {
    return this.gone ? Promise.reject(new DOMException("gone", "NotReadableError")) : read();
  }
  slice(...range) {
    const slice = super.slice(...range);
    const read = slice.arrayBuffer.bind(slice);
    slice.arrayBuffer = () => this.#guard(read);
    return slice;
  }
  stream() {
    if (this.gone) throw new DOMException("gone", "NotReadableError");
    return super.stream();
  }
}

test("after a try without an answer the file is looked at again", async () => {
  const emulator = openSpace();
  await emulator.fault({ on: "upload", times: 9, reset_request: { after: 0 } });
  const file = new Vanishing([BYTES], "a.jpg", { type: "image/jpeg" });
  let reads = 0;
  const before = () => {
    reads += 1;
    file.gone = true;
  };
  const { error, tokens } = await upload(emulator, file, { before });
  assert.equal(error.code, "file_unreadable");
  assert.equal(error.retryable, false);
  assert.equal(tokens(), 1);
  assert.equal(reads, 1);
});

test("a connection that breaks while the file can be read is tried again", async () => {
  const emulator = openSpace();
  await emulator.fault({ on: "upload", times: 2, reset_request: { after: 0 } });
  const file = new Vanishing([BYTES], "a.jpg", { type: "image/jpeg" });
  const { error, tokens } = await upload(emulator, file, { retries: 1 });
  assert.equal(error.code, "network");
  assert.equal(error.retryable, true);
  assert.equal(tokens(), 2);
});
