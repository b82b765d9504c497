// At which size and rates sound and videos are encoded again, by ffprobe.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch } from "../support/chromium.js";
import { bundleConvert } from "./convert-scripts.js";
import { makeRecordings, probe } from "./recordings.js";
import { serve } from "./server.js";

/** No conversion takes longer, in milliseconds. */
const LIMIT = 60_000;
/** The limits of Divar, in bytes. */
const VOICE = 1_500_000;
const VIDEO = 50_000_000;
/** The lowest bit rate of a voice note whose source has more. */
const LEAST_VOICE = 16_000;

const media = makeRecordings([
  ...["noise-stereo.mp3", "noise-22050.mp3", "noise-8000.mp3"],
  ...["phone.mp4", "phone-portrait.mp4", "pattern-30.mp4", "pattern-60.mp4"],
  ...["odd.webm", "still.webm"],
]);
const server = await serve(media, await bundleConvert());
const browser = await launch();
after(async () => {
  await browser.close();
  server.close();
});
const page = await browser.newPage();
page.setDefaultTimeout(LIMIT);
await page.goto(`${server.url}/convert`);

const call = (...args) =>
  page.evaluate(
    async (args) => (await import("/tests/prepare/inside/convert.js")).convertAlone(...args),
    args,
  );

/** Converts a file of `media`; returns the size and the streams of the result. */
async function convert(name, mediaType, maxBytes) {
  const { base64, code, message } = await call(name, mediaType, maxBytes);
  assert.ok(base64, `${code}: ${message}`);
  const content = Buffer.from(base64, "base64");
  const { audio, video, seconds } = probe(content);
  return { size: content.length, seconds, audio: streamOf(audio), video: streamOf(video) };
}

const streamOf = ([stream]) =>
  stream && {
    ...stream,
    bitRate: Number(stream.bit_rate),
    sampleRate: Number(stream.sample_rate),
  };

/** How many seconds of a file that is too long would fit, as the error says. */
async function secondsThatFit(name, mediaType, maxBytes) {
  const { code, message } = await call(name, mediaType, maxBytes);
  assert.equal(code, "file_too_large");
  return Number(/: (\d+) seconds of it would fit$/.exec(message)[1]);
}

/** An encoder misses its bit rate by a few percent. */
const near = (found, expected) =>
  assert.ok(Math.abs(found / expected - 1) < 0.05, `${found} instead of ${expected}`);

/** The result takes what the limit allows, but for a margin, and no more. */
const assertFits = ({ size }, maxBytes) =>
  assert.ok(size <= maxBytes && size > maxBytes * 0.85, `${size} of ${maxBytes} bytes`);

test("a stereo recording becomes a mono voice note at 64 kbit/s", async () => {
  const { audio } = await convert("noise-stereo.mp3", "voice", VOICE);
  assert.deepEqual([audio.channels, audio.sampleRate], [1, 48_000]);
  near(audio.bitRate, 64_000);
});

test("a voice note exceeds neither the bit rate nor the sample rate of its source", async () => {
  const { audio } = await convert("noise-22050.mp3", "voice", VOICE);
  assert.equal(audio.sampleRate, 22_050);
  near(audio.bitRate, 24_000);
});

test("a voice note below the lowest bit rate keeps its own", async () => {
  const { audio } = await convert("noise-8000.mp3", "voice", VOICE);
  assert.equal(audio.sampleRate, 8_000);
  near(audio.bitRate, 8_000);
});

for (const [maxBytes, sampleRate] of [
  [400_000, 48_000],
  [300_000, 24_000],
  [200_000, 24_000],
  [150_000, 16_000],
  [135_000, 16_000],
]) {
  test(`a minute of sound fits into ${maxBytes} bytes, at ${sampleRate} Hz`, async () => {
    const result = await convert("noise-stereo.mp3", "voice", maxBytes);
    assertFits(result, maxBytes);
    assert.ok(result.audio.bitRate >= LEAST_VOICE, `${result.audio.bitRate}`);
    assert.equal(result.audio.sampleRate, sampleRate);
  });
}

test("as much of a too long voice note fits as the error says", async () => {
  const maxBytes = 120_000;
  const seconds = await secondsThatFit("noise-stereo.mp3", "voice", maxBytes);
  // As many bytes for each second as the seconds that fit would have.
  const enough = (maxBytes * 60) / seconds;
  const { audio } = await convert("noise-stereo.mp3", "voice", enough);
  near(audio.bitRate, LEAST_VOICE);
  const scarce = (maxBytes * 60) / (seconds + 1);
  assert.ok((await secondsThatFit("noise-stereo.mp3", "voice", scarce)) < 60);
});

test("a phone's 1080p becomes 720p with its stereo sound, where it gets what a minute would", async () => {
  const { video, audio, size } = await convert("phone.mp4", "video", (VIDEO * 4) / 60);
  assert.deepEqual([video.width, video.height, audio.channels], [1280, 720, 2]);
  assert.ok(video.bitRate > 2_000_000 && video.bitRate < 3_000_000, `${video.bitRate}`);
  near(audio.bitRate, 128_000);
  assert.ok(size <= (VIDEO * 4) / 60);
});

for (const [minutes, height] of [
  [5, 540],
  [10, 480],
  [15, 360],
  [25, 240],
]) {
  test(`a video that gets what one of ${minutes} minutes would has ${height} lines, and fits`, async () => {
    const maxBytes = Math.floor((VIDEO * 4) / (minutes * 60));
    const result = await convert("phone.mp4", "video", maxBytes);
    assert.equal(result.video.height, height);
    assertFits(result, maxBytes);
  });
}

test("as much of a too long video fits as the error says", async () => {
  const maxBytes = 80_000;
  const seconds = await secondsThatFit("phone.mp4", "video", maxBytes);
  assert.equal(seconds, 3);
  const enough = Math.ceil((maxBytes * 4) / seconds);
  const result = await convert("phone.mp4", "video", enough);
  assertFits(result, enough);
  assert.equal(result.video.height, 240);
});

test("a portrait video keeps its aspect ratio", async () => {
  const { video } = await convert("phone-portrait.mp4", "video", 4_000_000);
  assert.deepEqual([video.width, video.height], [720, 1280]);
});

test("a small video is not enlarged, and gets an even width and height", async () => {
  const { video } = await convert("odd.webm", "video", VIDEO);
  assert.deepEqual([video.width, video.height], [270, 480]);
});

test("a video below the lowest bit rate keeps its size and does not exceed its rate", async () => {
  const { video, audio, size } = await convert("still.webm", "video", VIDEO);
  assert.deepEqual([video.width, video.height, audio], [1280, 720, undefined]);
  assert.ok(size <= media["still.webm"].length, `${size}`);
});

test("60 frames a second get 1.5 times the bit rate of 30", async () => {
  const rateOf = async (name) => (await convert(name, "video", 1_500_000)).video.bitRate;
  near(await rateOf("pattern-60.mp4"), (await rateOf("pattern-30.mp4")) * 1.5);
});
