// The package where what it loads later cannot be loaded: offline, or in a service worker.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { getUploadToken } from "divar-chat-media/edge";
import { openSpace } from "../support/emulator.js";

const folder = mkdtempSync(join(tmpdir(), "divar-without-parsers-"));
after(() => rmSync(folder, { recursive: true }));

const installed = fileURLToPath(new URL("..", import.meta.resolve("divar-chat-media")));
cpSync(installed, folder, { recursive: true });
rmSync(join(folder, "dist/prepare/validate.js"));
const { uploadMedia } = await import(pathToFileURL(join(folder, "dist/index.js")));

test("a document is sent by its name when the parsers cannot be loaded", async () => {
  const emulator = openSpace();
  const options = { apiKey: emulator.key, openApiUrl: emulator.base };
  const file = new File(["PK\x03\x04 and no more"], "a.docx");
  const token = await getUploadToken(options);
  // Whether the emulator takes it is another matter: it is sent.
  await uploadMedia(file, "file", { token, chatUrl: emulator.base, retries: 0 }).catch(() => {});
  const [, { upload }] = await emulator.requests();
  assert.equal(upload.file_name, "a.docx");
});
