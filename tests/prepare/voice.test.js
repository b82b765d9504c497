// The recorder, with the microphone that Chromium pretends to have: it beeps.
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
      "a track was left open",
    );
  }, how);
  return outcome;
}

/** Keeps `opened`, the microphone's tracks that are open. */
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
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error("it asked"));
  });

test("a recording ends by itself below its limit, and is a file that Divar takes", async () => {
  const maxBytes = 40_000;
  const outcome = await inPage("recordAll", [maxBytes], { prepare: watchTracks });
  const { name, type, head, size, seconds, ticks, timers } = outcome;
  assert.deepEqual([name, type, head.slice(4)], ["voice.m4a", "audio/mp4", "ftyp"]);
  assert.ok(size <= maxBytes && size > maxBytes / 2, `${size} of ${maxBytes} bytes`);
  assert.ok(Math.abs(seconds - ticks.at(-1).seconds) < 0.5, `${seconds} seconds are in the file`);
  assert.equal(timers, 0, "it ticks on after its end");
  for (const [at, tick] of ticks.slice(1).entries()) {
    assert.ok(tick.seconds > ticks[at].seconds && tick.bytes >= ticks[at].bytes);
    assert.ok(tick.secondsLeft <= ticks[at].secondsLeft, "there is more time left than before");
  }
  assert.ok(ticks[0].secondsLeft > 2 && ticks.at(-1).secondsLeft < 0.5);
  assert.ok(
    ticks.some(({ level }) => level > 0.01 && level <= 1),
    "no tick has the beep's level",
  );
});

test("stop gives the file and closes the microphone", async () => {
  const { head, seconds } = await inPage("recordABit", ["stop"], { prepare: watchTracks });
  assert.equal(head.slice(4), "ftyp");
  assert.ok(seconds > 0.5, `${seconds} seconds`);
});

test("cancel gives no file and closes the microphone", async () => {
  const { name } = await inPage("recordABit", ["cancel"], { prepare: watchTracks });
  assert.equal(name, "AbortError");
});

test("an abort gives its reason and closes the microphone", async () => {
  const { message } = await inPage("recordABit", ["abort"], { prepare: watchTracks });
  assert.equal(message, "changed my mind");
});

test("a stream that was given is left open", async () => {
  const { head, given } = await inPage("recordABit", ["stop", { given: true }]);
  assert.deepEqual([head.slice(4), given], ["ftyp", ["live"]]);
});

test("a microphone that is unplugged leaves what it has recorded", async () => {
  const { head, seconds } = await inPage("recordABit", ["unplug", { given: true }]);
  assert.equal(head.slice(4), "ftyp");
  assert.ok(seconds > 0.5, `${seconds} seconds`);
});

test("a microphone that is refused gives the browser's own reason", async () => {
  // The flags say yes to everything; the policy of the page itself comes before them.
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

test("a browser that records nothing for Divar does not ask for the microphone", async () => {
  const { code, cause } = await inPage("refusal", [], { prepare: refusedTypes });
  assert.deepEqual([code, cause], ["cannot_record", undefined]);
});

test("an abort while the person is asked does not wait, and closes what opens later", async () => {
  const { name, states } = await inPage("abortAsking", []);
  assert.deepEqual([name, states], ["AbortError", ["ended"]]);
});

test("a server that records is refused, and does not break", async () => {
  const { recordVoice } = await import("divar-chat-media/prepare");
  await assert.rejects(recordVoice(), { code: "cannot_record" });
});

test("rejects a recording that is stopped before anything was recorded as too short", async () => {
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
  test(`records on when onTick ${how}, without an unhandled rejection`, async () => {
    const { size, unhandled } = await inPage("recordWithFailingCallback", [isAsync]);
    assert.ok(size > 0);
    assert.deepEqual(unhandled, []);
  });
}

test("rejects what is no stream or has no live track", async () => {
  assert.equal(await inPage("recordStream", ["number"]), "invalid_argument");
  assert.equal(await inPage("recordStream", ["empty"]), "invalid_argument");
});
