// Actions and assertions that several tests share.

import assert from "node:assert/strict";
import { DEMO_URL } from "./browser.js";
import { emulator } from "./emulator.js";

/** A sentence in Persian without Latin letters. */
export const PERSIAN = /^[\u0600-\u06ff\u200c\s.،؛:«»]+$/u;

/** Sends the file and waits for its bubble. */
export async function sendFile(demo, file) {
  const before = await demo.bubbles.count();
  await demo.choose(file.path);
  await demo.ready(1);
  await demo.send.click();
  await demo.arrived(before + 1);
  return demo.bubbles.last();
}

/** Asserts that exactly one upload and one message reached Divar, with this file's name and type. */
export async function assertReceived(file) {
  const uploads = await emulator.requests("upload");
  assert.equal(uploads.length, 1, "uploads");
  const [{ path, upload }] = uploads;
  assert.equal(path, `/upload/${file.type}`);
  assert.equal(upload.field, "file");
  assert.equal(upload.file_name, file.name);

  const messages = await emulator.messages();
  assert.equal(messages.length, 1, "messages");
  const [message] = messages;
  assert.equal(message.target, "bot_conversation");
  assert.equal(message.target_id, await conversationId());
  assert.equal(message.media.sha256, upload.sha256);
  assert.equal(message.media.name, file.name);
  return upload;
}

/** Asserts that no token, file or message was requested of Divar. */
export async function assertNothingSent() {
  assert.deepEqual(await emulator.requests("token"), []);
  assert.deepEqual(await emulator.requests("upload"), []);
  assert.deepEqual(await emulator.requests("message"), []);
}

/** The id of the demo's conversation. */
export async function conversationId() {
  const response = await fetch(new URL("/divar/config", DEMO_URL));
  return (await response.json()).conversationId;
}
