// Files on the disk that are changed or removed after they were chosen in a page.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { getUploadToken } from "divar-chat-media/edge";
import { openSpace } from "../support/emulator.js";
import { JPEG } from "../support/samples.js";
import { openApp } from "./app.js";

const SIZE = 3_000_000;
const BYTES = Buffer.concat([JPEG, Buffer.alloc(SIZE, 7)]);
const LONG_AGO = new Date("2020-01-01");
const folder = mkdtempSync(join(tmpdir(), "divar-pages-"));

/** What becomes of a file after it was chosen. */
const CHANGES = {
  "is removed": (path) => unlinkSync(path),
  "is cut": (path) => truncateSync(path, SIZE / 2),
  "is rewritten": (path) => writeFileSync(path, Buffer.alloc(SIZE + 1000, 1)),
};

let change;
const { page, close } = await openApp();
await page.exposeFunction("changeFile", () => change?.());
after(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

/** Chooses a file that is on the disk, and gives its path. */
async function choose(name) {
  const path = join(folder, name);
  writeFileSync(path, BYTES);
  // Chromium sees that a file has changed by its time, to the second.
  utimesSync(path, LONG_AGO, LONG_AGO);
  await page.setInputFiles("input", path);
  return path;
}

/** Uploads the chosen file; it is changed `when`. */
async function upload({ when, fault, ...more }) {
  const emulator = openSpace();
  if (fault) await emulator.fault(fault);
  const token = await getUploadToken({ apiKey: emulator.key, openApiUrl: emulator.base });
  const outcome = await page.evaluate(
    async ([when, options]) => {
      if (when === "before") await globalThis.changeFile();
      globalThis.beforeToken = async (count) => {
        if (when === `token ${count}`) await globalThis.changeFile();
      };
      return media.upload(media.chosen(), options);
    },
    [when, { token, chatUrl: emulator.base, ...more }],
  );
  return { ...outcome, requests: await emulator.requests() };
}

for (const [what, apply] of Object.entries(CHANGES)) {
  for (const when of ["before", "token 1"]) {
    for (const tellsProgress of [false, true]) {
      const moment = when === "before" ? "before the upload" : "while its token is on its way";
      const how = tellsProgress ? "with" : "without";
      test(`a file that ${what} ${moment} is unreadable, ${how} progress`, async () => {
        const path = await choose(`${when}-${tellsProgress}.jpg`);
        change = () => apply(path);
        const { error, tokens } = await upload({ when, tellsProgress });
        assert.equal(error?.code, "file_unreadable", JSON.stringify(error));
        assert.equal(error.retryable, false);
        assert.ok(tokens <= 1, `${tokens} tokens`);
      });
    }
  }
}

test("a file that is removed between two tries is unreadable and not tried again", async () => {
  const path = await choose("between.jpg");
  change = () => unlinkSync(path);
  const fault = { on: "upload", reset_request: { after: 1_000_000 } };
  const { error, tokens } = await upload({ when: "token 2", fault });
  assert.equal(error?.code, "file_unreadable", JSON.stringify(error));
  assert.equal(tokens, 2);
});

test("a file without bytes is file_empty and not file_unreadable", async () => {
  const path = join(folder, "empty.jpg");
  writeFileSync(path, "");
  await page.setInputFiles("input", path);
  const { error } = await upload({ when: "never" });
  assert.equal(error.code, "file_empty");
});

test("a file that does not change is sent whole", async () => {
  change = undefined;
  await choose("whole.jpg");
  for (const tellsProgress of [false, true]) {
    const { value, requests } = await upload({ when: "never", tellsProgress });
    assert.ok(value?.id);
    const { upload: sent } = requests.find(({ route }) => route === "upload");
    assert.equal(sent.bytes, BYTES.length);
  }
});
