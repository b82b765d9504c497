// Converts sound and videos that Divar does not accept in Chromium, and checks them by ffmpeg and exiftool.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "../support/chromium.js";
import { bundleConvert } from "./convert-scripts.js";
import {
  CUE,
  exif,
  filtered,
  framesHash,
  frameTimes,
  makeRecordings,
  probe,
  ssim,
} from "./recordings.js";
import { serve } from "./server.js";

/** Limit of a conversion, in milliseconds; the machine's cores may be shared. */
const LIMIT = 120_000;
const VOICE = 1_500_000;

const media = makeRecordings([
  ...["tone.wav", "tone.ogg", "tone.mp3", "tone.flac", "tone.aac", "tone.webm"],
  ...["tone-stereo.mp3", "tone-surround.wav", "tone-8000.wav", "long.m4a"],
  ...["pattern.webm", "pattern-vp9.webm", "pattern.mkv", "silent.webm", "surround.mkv"],
  ...["sixty.webm", "cue.webm", "varying.mkv", "rotated.mov"],
]);
const server = await serve(media, await bundleConvert());
const browser = await launch(
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--autoplay-policy=no-user-gesture-required",
);
let shared;
before(async () => {
  shared = await open();
});
after(async () => {
  await browser.close();
  server.close();
});

async function open({ path = "/convert", prepare } = {}) {
  const page = await browser.newPage();
  page.setDefaultTimeout(LIMIT);
  await prepare?.(page);
  await page.goto(server.url + path);
  return page;
}

/** Calls a function of inside/convert.js. */
const call = (page, name, ...args) =>
  page.evaluate(
    async ([name, args]) => (await import("/tests/prepare/inside/convert.js"))[name](...args),
    [name, args],
  );

async function convert(...args) {
  const { base64, ...rest } = await call(shared, "convert", ...args);
  const content = Buffer.from(base64, "base64");
  return { ...rest, base64, content, probed: probe(content) };
}

const near = (found, expected, tolerance) =>
  assert.ok(Math.abs(found - expected) <= tolerance, `${found} instead of ${expected}`);

/** Asserts that the file has no personal metadata and no creation time. */
function assertClean(content) {
  const found = exif(content);
  for (const word of ["at home", "Sara", "35", "GPS"]) {
    const lines = found.split("\n").filter((line) => line.includes(word));
    const personal = lines.filter((line) => /Title|Artist|GPS|Location|Author/.test(line));
    assert.deepEqual(personal, [], word);
  }
  assert.match(found, /Create Date\s+: 0000:00:00/);
}

for (const [name, format] of Object.entries({
  "tone.wav": "wav",
  "tone.ogg": "ogg",
  "tone.mp3": "mp3",
  "tone.flac": "flac",
  "tone.aac": "aac",
  "tone.webm": "webm",
  "tone-stereo.mp3": "mp3",
  "tone-surround.wav": "wav",
  "tone-8000.wav": "wav",
})) {
  test(`converts ${name} to a playable M4A`, async () => {
    const { probed, content, changes, progress, base64, ...file } = await convert(name);
    assert.equal(file.type, "audio/mp4");
    assert.equal(file.name, name.replace(/\.\w+$/, ".m4a"));
    const [{ codec_name, profile, channels, sample_rate }] = probed.audio;
    assert.deepEqual([codec_name, profile, channels], ["aac", "LC", 1]);
    // AAC starts with a priming frame of 1,024 samples, and the last frame is padded.
    near(probed.seconds, 3, 0.02 + 2_048 / Number(sample_rate));
    assert.equal(probed.video.length, 0);
    assert.deepEqual(changes, [
      { change: "converted", format, bytesBefore: media[name].length, bytes: content.length },
    ]);
    assert.ok(progress.length > 0 && progress.every(([phase]) => phase === "converting"));
    assert.ok(progress.every(([, done], at) => done >= (progress[at - 1]?.[1] ?? 0)));
    assertClean(content);
    near((await call(shared, "plays", base64, file.type)).seconds, 3, 0.3);
    assert.match(filtered(content, "-af", "volumedetect"), /max_volume: -(?:[0-9]|[12][0-9])\./);
  });
}

test("does not exceed the source's bit rate", async () => {
  const { probed } = await convert("tone.ogg");
  const [{ bit_rate: source }] = [{ bit_rate: (media["tone.ogg"].length * 8) / 3 }];
  assert.ok(Number(probed.audio[0].bit_rate) <= source * 1.1, probed.audio[0].bit_rate);
});

test("re-encodes an M4A above the limit so that it fits", async () => {
  assert.ok(media["long.m4a"].length > VOICE);
  const { content, probed } = await convert("long.m4a", "voice");
  assert.ok(content.length <= VOICE);
  near(probed.seconds, 120, 0.2);
});

test("fits a voice note into the given maxBytes", async () => {
  const { content, probed } = await convert("long.m4a", "voice", { maxBytes: 400_000 });
  assert.ok(content.length <= 400_000 && content.length > 200_000, `${content.length}`);
  near(probed.seconds, 120, 0.2);
});

test("rejects a voice note that fits at no quality, with the seconds that would fit", async () => {
  const { code, message, stage } = await call(shared, "refusal", "long.m4a", "voice", {
    maxBytes: 100_000,
  });
  assert.deepEqual([code, stage], ["file_too_large", "prepare"]);
  assert.match(message, /: 46 seconds of it would fit$/);
});

test("converts WebM to an H.264 MP4 that looks like the original", async () => {
  const { probed, content, base64, ...file } = await convert("pattern.webm");
  assert.deepEqual([file.name, file.type], ["pattern.mp4", "video/mp4"]);
  const [{ codec_name, width, height, pix_fmt }] = probed.video;
  assert.deepEqual([codec_name, width, height, pix_fmt], ["h264", 640, 360, "yuv420p"]);
  assert.equal(probed.audio[0].codec_name, "aac");
  near(probed.seconds, 3, 0.1);
  const similarity = ssim(content, media["pattern.webm"]);
  assert.ok(similarity > 0.85, `SSIM ${similarity}`);
  const played = await call(shared, "plays", base64, file.type);
  assert.deepEqual([played.width, played.height], [640, 360]);
});

test("converts VP9 to an H.264 MP4", async () => {
  const { probed } = await convert("pattern-vp9.webm");
  assert.equal(probed.video[0].codec_name, "h264");
});

test("copies H.264 and AAC from Matroska to MP4 without encoding them again", async () => {
  const { probed, content } = await convert("pattern.mkv");
  assert.equal(probed.container, "mov,mp4,m4a,3gp,3g2,mj2");
  assert.equal(framesHash(content), framesHash(media["pattern.mkv"]));
  assertClean(content);
});

test("adds no audio track to a video without sound", async () => {
  const { probed } = await convert("silent.webm");
  assert.deepEqual([probed.video.length, probed.audio.length], [1, 0]);
});

test("mixes a video's 5.1 sound down to stereo", async () => {
  const { probed } = await convert("surround.mkv");
  assert.deepEqual([probed.audio[0].codec_name, probed.audio[0].channels], ["aac", 2]);
});

test("keeps 60 frames a second", async () => {
  const { content } = await convert("sixty.webm");
  near(frameTimes(content).length, 180, 2);
});

test("keeps a variable frame rate", async () => {
  const before = frameTimes(media["varying.mkv"]);
  const { content } = await convert("varying.mkv");
  const after = frameTimes(content);
  assert.equal(after.length, before.length);
  for (const [at, time] of before.entries()) near(after[at] - after[0], time - before[0], 0.005);
});

test("keeps video and audio in sync", async () => {
  const { content } = await convert("cue.webm");
  const written = filtered(content, "-vf", "blackdetect=d=0.5", "-af", "silencedetect=d=0.5");
  const light = Number(/black_end:([\d.]+)/.exec(written)[1]);
  const sound = Number(/silence_end: ([\d.]+)/.exec(written)[1]);
  near(light, CUE, 0.05);
  near(sound, light, 0.08);
});

test("a video with a rotation is shown upright", async () => {
  const maxBytes = 200_000;
  assert.ok(media["rotated.mov"].length > maxBytes);
  const { base64, type, content } = await convert("rotated.mov", "video", { maxBytes });
  assert.ok(content.length <= maxBytes);
  const { width, height } = await call(shared, "plays", base64, type);
  assert.ok(width < height, `${width}x${height}`);
});

test("rejects a video that fits at no quality, with the seconds that would fit", async () => {
  const { code, message } = await call(shared, "refusal", "pattern.webm", null, {
    maxBytes: 20_000,
  });
  assert.equal(code, "file_too_large");
  assert.match(message, /: [01] seconds of it would fit$/);
});

test("rejects sound as a video, and a video as a voice note", async () => {
  assert.equal((await call(shared, "refusal", "tone.ogg", "video")).code, "unsupported_format");
  assert.equal((await call(shared, "refusal", "cue.webm", "voice")).code, "unsupported_format");
});

test("rejects files that need conversion when there is no converter", async () => {
  const none = { convert: null };
  const { code } = await call(shared, "refusal", "tone.ogg", null, none);
  assert.equal(code, "unsupported_format");
});

test("accepts convertMedia itself as the converter", async () => {
  const { name } = await call(shared, "convertDirectly", "tone.ogg");
  assert.equal(name, "tone.m4a");
});

test("an abort rejects with its reason, and the next file is converted", async () => {
  const outcome = await call(shared, "abort", "sixty.webm", "tone.ogg");
  assert.deepEqual(outcome, { isReason: true, reports: 1, following: "tone.m4a" });
});

for (const kind of ["import", "throws", "number"]) {
  test(`rejects with cannot_convert when the converter fails: ${kind}`, async () => {
    const { code, stage } = await call(shared, "failingConverter", kind);
    assert.deepEqual([code, stage], ["cannot_convert", "prepare"]);
  });
}

for (const [what, [name, prepare, reason]] of Object.entries({
  "a browser without WebCodecs": [
    "tone.ogg",
    () => {
      for (const codec of ["AudioDecoder", "AudioEncoder", "VideoDecoder", "VideoEncoder"]) {
        delete globalThis[codec];
      }
    },
    /no WebCodecs/,
  ],
  "a browser that does not decode the video": [
    "silent.webm",
    () => {
      VideoDecoder.isConfigSupported = async (config) => ({ supported: false, config });
    },
    /does not decode the file's video \(vp8\)/,
  ],
  "a browser that does not encode H.264": [
    "silent.webm",
    () => {
      VideoEncoder.isConfigSupported = async (config) => ({ supported: false, config });
    },
    /does not encode H.264 \(avc1\./,
  ],
})) {
  test(`rejects with cannot_convert and the reason in ${what}`, async () => {
    const page = await open({ prepare: (page) => page.addInitScript(prepare) });
    const { code, message } = await call(page, "refusal", name);
    assert.equal(code, "cannot_convert");
    assert.match(message, reason);
    await page.close();
  });
}

test("names the CSP directive that forbids the encoder's worker", async () => {
  const page = await open({ path: "/" });
  const { code, message } = await call(page, "refusal", "tone.ogg");
  assert.equal(code, "cannot_convert");
  assert.match(message, /worker-src blob:/);
  await page.close();
});

for (const [what, prepare] of Object.entries({
  "a browser that records only WebM": () => {
    MediaRecorder.isTypeSupported = (type) => type.startsWith("audio/webm");
  },
  "a browser without an AAC encoder": () => {},
})) {
  test(`${what} records a voice note as M4A with AAC`, async () => {
    const page = await open({ prepare: (page) => page.addInitScript(prepare) });
    const { base64, name, type, ticks } = await call(page, "record");
    const { audio, seconds } = probe(Buffer.from(base64, "base64"));
    assert.deepEqual([name, type, audio[0].codec_name], ["voice.m4a", "audio/mp4", "aac"]);
    near(seconds, ticks.at(-1).seconds, 0.7);
    assert.ok(ticks.every(({ secondsLeft, level }) => secondsLeft > 0 && level >= 0));
    await page.close();
  });
}

test("stops a recording that will be converted before it exceeds its limit", async () => {
  const page = await open();
  const { size, ticks } = await call(page, "record", { maxBytes: 40_000 });
  assert.ok(size <= 40_000 && size > 10_000, `${size}`);
  assert.ok(ticks.at(-1).secondsLeft < 0.5);
  await page.close();
});

test("cancel aborts the conversion of a recording", async () => {
  const page = await open();
  const outcome = await call(page, "cancelWhileConverting");
  assert.deepEqual(outcome, { name: "AbortError", aborted: true });
  await page.close();
});
