// Calls the package with files on disk.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { inspectMedia, isDivarError, prepareMedia } from "divar-chat-media/prepare";
import { save } from "./folder.js";

export const fileAt = (path) => new File([readFileSync(path)], basename(path));

export const inspected = (path) => inspectMedia(fileAt(path));

/** Prepares a file and saves the result. */
export async function prepared(path, type, options) {
  const changes = [];
  const onChange = (change) => changes.push(change.change);
  const file = await prepareMedia(fileAt(path), type, { onChange, ...options });
  const bytes = Buffer.from(await file.arrayBuffer());
  return { file, bytes, changes, path: save(file.name, bytes) };
}

/** The error code of a file that must be rejected. */
export async function refusal(path, type, options) {
  const refused = await prepareMedia(fileAt(path), type, options).then(
    (file) => assert.fail(`not rejected: ${file.name}, ${file.type}, ${file.size} bytes`),
    (error) => error,
  );
  assert.ok(isDivarError(refused), String(refused));
  assert.ok(refused.userMessage.fa && refused.userMessage.en, "the error has no user message");
  return refused.code;
}
