// The table of docs/preparing.md: what becomes of each kind of video and audio in Chromium, by its content.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch } from "../support/chromium.js";
import { bundleConvert } from "./convert-scripts.js";
import { exif, framesHash, makeRecordings, probe, soundHash, ssim } from "./recordings.js";
import { serve } from "./server.js";

/** A frame without sound of each kind (3GPP TS 26.101 and 26.201): no encoder of ffmpeg writes them. */
const AMR = Buffer.concat([Buffer.from("#!AMR\n"), Buffer.alloc(50, 0x7c)]);
const AMR_WB = Buffer.concat([Buffer.from("#!AMR-WB\n"), Buffer.alloc(50, 0x7c)]);

const media = {
  ...makeRecordings([
    ...["mpeg4.mp4", "hevc.mp4", "hevc.mkv", "prores.mov", "video.avi", "video.ts"],
    ...["deep.mp4", "deep.webm", "pattern-vp9.webm", "ac3.mkv", "ac3.mp4", "sound.3gp"],
  ]),
  "voice.amr": AMR,
  "wide.amr": AMR_WB,
};
const server = await serve(media, await bundleConvert());
const browser = await launch();
const page = await browser.newPage();
await page.goto(`${server.url}/convert`);
after(async () => {
  await browser.close();
  server.close();
});

/** Calls a function of inside/convert.js. */
const call = (name, ...args) =>
  page.evaluate(
    async ([name, args]) => (await import("/tests/prepare/inside/convert.js"))[name](...args),
    [name, args],
  );

async function convert(...args) {
  const { base64, ...rest } = await call("convert", ...args);
  const content = Buffer.from(base64, "base64");
  return { ...rest, content, changes: rest.changes.map(({ change }) => change) };
}

/** The changes of a video whose codecs are not touched. */
const AS_IT_IS = ["metadata_removed", "fast_start"];
const CONVERTER_READS = /the converter reads MP4, .*, Ogg, MP3, .* only/;

for (const [name, [format, code, reason]] of Object.entries({
  "prores.mov": ["mov", "cannot_convert", /does not decode the file's video \(prores\)/],
  "hevc.mkv": ["matroska", "cannot_convert", /does not decode the file's video \(hevc\)/],
  "ac3.mkv": ["matroska", "cannot_convert", /does not decode the file's sound \(ac3\)/],
  "video.avi": ["avi", "unsupported_format", CONVERTER_READS],
  "video.ts": ["mpegts", "unsupported_format", CONVERTER_READS],
  "voice.amr": ["amr", "unsupported_format", CONVERTER_READS],
  "wide.amr": ["amr", "unsupported_format", CONVERTER_READS],
})) {
  test(`${name} is recognised and refused with ${code}`, async () => {
    assert.equal(await call("format", name), format);
    const refused = await call("refusal", name);
    assert.equal(refused.code, code);
    assert.match(refused.message, reason);
    const without = await call("refusal", name, null, { convert: null });
    assert.equal(without.code, "unsupported_format");
  });

  test(`${name} is given to a converter that takes it`, async () => {
    const { given } = await call("convertTo", name, "pattern-vp9.webm");
    assert.equal(given, name.endsWith(".amr") ? "voice" : "video");
  });
}

test("HEVC in MP4 is sent as it is, and the converter is not asked", async () => {
  const { given, changes } = await call("convertTo", "hevc.mp4", "pattern-vp9.webm");
  assert.deepEqual([given, changes], [undefined, AS_IT_IS]);
});

test("HEVC is given to the converter where the caller asks for it", async () => {
  const { given, changes } = await call("convertTo", "hevc.mp4", "pattern-vp9.webm", {
    convertHevc: true,
  });
  assert.deepEqual([given, changes], ["video", ["converted"]]);
});

for (const [name, options] of Object.entries({
  "hevc.mp4": { convertHevc: true },
  "mpeg4.mp4": {},
})) {
  test(`${name} that the browser does not decode is sent as it is, without metadata`, async () => {
    const { content, changes } = await convert(name, null, options);
    assert.deepEqual(changes, AS_IT_IS);
    assert.equal(framesHash(content), framesHash(media[name]));
    assert.doesNotMatch(exif(content), /at home|Sara/);
  });
}

test("MPEG-4 part 2 is given to a converter that takes it", async () => {
  const { given, changes } = await call("convertTo", "mpeg4.mp4", "pattern-vp9.webm");
  assert.deepEqual([given, changes], ["video", ["converted"]]);
});

test("a converter that fails otherwise ends the call", async () => {
  const { code } = await call("failingWith", "mpeg4.mp4", "file_unreadable");
  assert.equal(code, "file_unreadable");
});

test("AC-3 in MP4 is sent as it is, without metadata", async () => {
  const { content, changes } = await convert("ac3.mp4");
  assert.deepEqual(changes, AS_IT_IS);
  assert.equal(soundHash(content), soundHash(media["ac3.mp4"]));
  assert.doesNotMatch(exif(content), /at home|Sara/);
});

test("sound in 3GP is sent as a voice note as it is, without metadata", async () => {
  const { content, changes, ...file } = await convert("sound.3gp", "voice");
  assert.deepEqual([file.name, file.type], ["sound.3gp", "audio/3gpp"]);
  assert.ok(!changes.includes("converted"), `${changes}`);
  assert.equal(soundHash(content), soundHash(media["sound.3gp"]));
  assert.doesNotMatch(exif(content), /at home|Sara/);
});

test("H.264 of 10 bits that fits is sent as it is", async () => {
  const { content, changes } = await convert("deep.mp4");
  assert.deepEqual(changes.includes("converted"), false);
  assert.equal(probe(content).video[0].pix_fmt, "yuv420p10le");
});

for (const [name, options] of Object.entries({
  "deep.webm": {},
  "deep.mp4": { maxBytes: 80_000 },
})) {
  test(`${name} of 10 bits that does not fit as it is becomes H.264 of 8`, async () => {
    const { content } = await convert(name, null, options);
    const [{ codec_name, pix_fmt }] = probe(content).video;
    assert.deepEqual([codec_name, pix_fmt], ["h264", "yuv420p"]);
    const similarity = ssim(content, media[name]);
    assert.ok(similarity > 0.85, `${similarity}`);
  });
}
