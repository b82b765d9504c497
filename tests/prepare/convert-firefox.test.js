// Conversions in Firefox: other codecs, another recorder, no AAC encoder.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { bundleConvert } from "./convert-scripts.js";
import { withFirefox } from "./firefox.js";
import { frameTimes, makeRecordings, probe, ssim, warnings } from "./recordings.js";
import { serve } from "./server.js";

/** A microphone that beeps and asks nobody, and media that play without a touch. */
const PREFERENCES = {
  "media.navigator.streams.fake": true,
  "media.navigator.permission.disabled": true,
  "media.autoplay.default": 0,
};

const media = makeRecordings([
  ...["pattern.webm", "pattern-vp9.webm", "tone.ogg"],
  ...["sixty.webm", "varying.mkv", "deep.webm", "rotated.mov"],
]);
const server = await serve(media, await bundleConvert());
after(() => server.close());

const near = (found, expected, tolerance) =>
  assert.ok(Math.abs(found - expected) <= tolerance, `${found}, and expected ${expected}`);

test("Firefox", async (t) => {
  await withFirefox(`${server.url}/convert`, PREFERENCES, async (callIn) => {
    const call = (...args) => callIn("convert.js", ...args);
    const convert = async (...args) => {
      const { base64, ...rest } = await call("convert", ...args);
      const content = Buffer.from(base64, "base64");
      return { ...rest, base64, content, probed: probe(content) };
    };

    for (const name of ["pattern.webm", "pattern-vp9.webm"]) {
      await t.test(`makes a playable H.264 MP4 of ${name}`, async () => {
        const { probed, content, base64, ...file } = await convert(name);
        assert.deepEqual([file.name, file.type], [name.replace("webm", "mp4"), "video/mp4"]);
        const [{ codec_name, width, height, pix_fmt }] = probed.video;
        assert.deepEqual([codec_name, width, height, pix_fmt], ["h264", 640, 360, "yuv420p"]);
        // Also the parameter sets in the header, which Firefox writes wrongly.
        assert.equal(warnings(content), "");
        const source = probe(media[name]);
        assert.deepEqual(
          probed.audio.map(({ codec_name }) => codec_name),
          source.audio.map(() => "aac"),
        );
        near(probed.seconds, source.seconds, 0.1);
        const similarity = ssim(content, media[name]);
        assert.ok(similarity > 0.85, `${similarity}`);
        const played = await call("plays", base64, file.type);
        assert.deepEqual([played.width, played.height], [640, 360]);
      });
    }

    await t.test("keeps 60 frames a second", async () => {
      const { content } = await convert("sixty.webm");
      near(frameTimes(content).length, 180, 2);
    });

    await t.test("keeps a variable frame rate", async () => {
      const before = frameTimes(media["varying.mkv"]);
      const after = frameTimes((await convert("varying.mkv")).content);
      assert.equal(after.length, before.length);
      for (const [at, time] of before.entries()) {
        near(after[at] - after[0], time - before[0], 0.005);
      }
    });

    await t.test("shows a video with a rotation upright", async () => {
      const maxBytes = 200_000;
      assert.ok(media["rotated.mov"].length > maxBytes);
      const { base64, type, content } = await convert("rotated.mov", "video", { maxBytes });
      assert.ok(content.length <= maxBytes, `${content.length}`);
      const { width, height } = await call("plays", base64, type);
      assert.ok(width < height, `${width}x${height}`);
    });

    await t.test("makes H.264 of 8 bits of VP9 of 10", async () => {
      const { content, probed } = await convert("deep.webm");
      const [{ codec_name, pix_fmt }] = probed.video;
      assert.deepEqual([codec_name, pix_fmt], ["h264", "yuv420p"]);
      const likeness = ssim(content, media["deep.webm"]);
      assert.ok(likeness > 0.85, `${likeness}`);
    });

    await t.test("makes a playable M4A of Ogg with Opus", async () => {
      const { probed, base64, ...file } = await convert("tone.ogg");
      assert.deepEqual([file.name, file.type], ["tone.m4a", "audio/mp4"]);
      const [{ codec_name, channels }] = probed.audio;
      assert.deepEqual([codec_name, channels], ["aac", 1]);
      near(probed.seconds, 3, 0.1);
      near((await call("plays", base64, file.type)).seconds, 3, 0.3);
    });

    await t.test("records a voice note that is M4A with AAC", async () => {
      const { base64, name, type, ticks } = await call("record");
      const { audio, seconds } = probe(Buffer.from(base64, "base64"));
      assert.deepEqual([name, type, audio[0].codec_name], ["voice.m4a", "audio/mp4", "aac"]);
      near(seconds, ticks.at(-1).seconds, 0.7);
      // Without a loudspeaker, as here, Firefox measures no level.
      assert.ok(ticks.every(({ secondsLeft, level = 0 }) => secondsLeft > 0 && level >= 0));
    });
  });
});
