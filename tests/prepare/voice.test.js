// Records from Chromium's fake microphone, which beeps.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./chromium.js";

/** Calls a function of inside/voice.js in a fresh page. */
async function inPage(name, args, how) {
  let outcome;
  await withPage(async (page) => {
    outcome = await page.evaluate(
      async ([name, args]) => {
        const inside = await import("/tests/prepare/inside/voice.js");
        return inside[name](...args);
      },
      [name, args],
    );
    assert.deepEqual(
      await page.evaluate(() => globalThis.opened ?? []),
      [],
      "a microphone track is still open",
    );
  }, how);
  return outcome;
}

/** Keeps the ids of open microphone tracks in `opened`. */
const watchTracks = (page) =>
  page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    globalThis.opened = [];
    mediaDevices.getUserMedia = async (wanted) => {
      const stream = await open(wanted);
      for (const track of stream.getTracks()) {
        const stop = track.stop.bind(track);
        globalThis.opened.push(track.id);
        track.stop = () => {
          globalThis.opened = globalThis.opened.filter((id) => id !== track.id);
          stop();
        };
      }
      return stream;
    };
  });

const refusedTypes = (page) =>
  page.addInitScript(() => {
    MediaRecorder.isTypeSupported = (type) => type.startsWith("audio/webm");
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new Error("asked for the microphone"));
  });

test("stops before its limit, with a file that Divar accepts", async () => {
  const maxBytes = 40_000;
  const outcome = await inPage("recordAll", [maxBytes], { prepare: watchTracks });
  const { name, type, head, size, seconds, ticks, timers } = outcome;
  assert.deepEqual([name, type, head.slice(4)], ["voice.m4a", "audio/mp4", "ftyp"]);
  assert.ok(size <= maxBytes && size > maxBytes / 2, `${size} of ${maxBytes} bytes`);
  assert.ok(Math.abs(seconds - ticks.at(-1).seconds) < 0.5, `the file lasts ${seconds} seconds`);
  assert.equal(timers, 0, "a timer still runs");
  for (const [at, tick] of ticks.slice(1).entries()) {
    assert.ok(tick.seconds > ticks[at].seconds && tick.bytes >= ticks[at].bytes);
    assert.ok(tick.secondsLeft <= ticks[at].secondsLeft, "secondsLeft has increased");
  }
  assert.ok(ticks[0].secondsLeft > 2 && ticks.at(-1).secondsLeft < 0.5);
  assert.ok(
    ticks.some(({ level }) => level > 0.01 && level <= 1),
    "no tick has the beep's level",
  );
});

test("stop resolves to the file and closes the microphone", async () => {
  const { head, seconds } = await inPage("recordABit", ["stop"], { prepare: watchTracks });
  assert.equal(head.slice(4), "ftyp");
  assert.ok(seconds > 0.5, `${seconds} seconds`);
});

test("cancel rejects with AbortError and closes the microphone", async () => {
  const { name } = await inPage("recordABit", ["cancel"], { prepare: watchTracks });
  assert.equal(name, "AbortError");
});

test("an abort rejects with its reason and closes the microphone", async () => {
  const { message } = await inPage("recordABit", ["abort"], { prepare: watchTracks });
  assert.equal(message, "changed my mind");
});

test("leaves the caller's stream open", async () => {
  const { head, given } = await inPage("recordABit", ["stop", { given: true }]);
  assert.deepEqual([head.slice(4), given], ["ftyp", ["live"]]);
});

test("keeps what was recorded before the microphone is unplugged", async () => {
  const { head, seconds } = await inPage("recordABit", ["unplug", { given: true }]);
  assert.equal(head.slice(4), "ftyp");
  assert.ok(seconds > 0.5, `${seconds} seconds`);
});

test("rejects with the browser's error as the cause when the microphone is denied", async () => {
  // Chromium's flags grant every permission; a permissions policy is checked before them.
  const prepare = (page) =>
    page.route("**/", async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), "permissions-policy": "microphone=()" };
      await route.fulfill({ response, headers });
    });
  const { en, ...rest } = await inPage("refusal", [], { prepare });
  assert.deepEqual(rest, {
    name: "DivarMediaError",
    code: "cannot_record",
    stage: "prepare",
    cause: "NotAllowedError",
  });
  assert.match(en, /microphone/);
});

test("does not ask for the microphone if the browser records no format that Divar accepts", async () => {
  const { code, cause } = await inPage("refusal", [], { prepare: refusedTypes });
  assert.deepEqual([code, cause], ["cannot_record", undefined]);
});

test("an abort during the permission prompt rejects at once and closes the stream later", async () => {
  const { name, states } = await inPage("abortAsking", []);
  assert.deepEqual([name, states], ["AbortError", ["ended"]]);
});

test("rejects with cannot_record on a server", async () => {
  const { recordVoice } = await import("divar-chat-media/prepare");
  await assert.rejects(recordVoice(), { code: "cannot_record" });
});

test("rejects a recording that is stopped before any data arrived as too short", async () => {
  const { code, stage, en } = await inPage("stopAfter", [0], { prepare: watchTracks });
  assert.deepEqual([code, stage], ["recording_too_short", "prepare"]);
  assert.match(en, /too short/);
});

test("a short recording is either playable or too short", async () => {
  for (const milliseconds of [20, 40, 60, 80, 120, 160]) {
    const { code, seconds } = await inPage("stopAfter", [milliseconds]);
    if (code) assert.equal(code, "recording_too_short");
    else assert.ok(seconds > 0, `${seconds} seconds after ${milliseconds} ms`);
  }
});

for (const [how, isAsync] of Object.entries({ throws: false, rejects: true })) {
  test(`keeps recording when onTick ${how}, without unhandled rejections`, async () => {
    const { size, unhandled } = await inPage("recordWithFailingCallback", [isAsync]);
    assert.ok(size > 0);
    assert.deepEqual(unhandled, []);
  });
}

test("rejects a source that is no stream or has no live track", async () => {
  assert.equal(await inPage("recordStream", ["number"]), "invalid_argument");
  assert.equal(await inPage("recordStream", ["empty"]), "invalid_argument");
});
