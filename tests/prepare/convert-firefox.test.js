// The same conversions in Firefox, whose MediaRecorder makes nothing that Divar takes.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { bundleConvert } from "./convert-scripts.js";
import { withFirefox } from "./firefox.js";
import { makeRecordings, probe } from "./recordings.js";
import { serve } from "./server.js";

const server = await serve(makeRecordings(), await bundleConvert());
after(() => server.close());

/** A microphone that beeps, without a question to the person. */
const MICROPHONE = {
  "media.navigator.streams.fake": true,
  "media.navigator.permission.disabled": true,
};

test("Firefox", async (t) => {
  await withFirefox(
    `${server.url}/convert`,
    MICROPHONE,
    async (call) => {
      await t.test("records a voice note that is M4A with AAC", async () => {
        const { base64, name, type } = await call("convert.js", "record");
        const { audio, seconds } = probe(Buffer.from(base64, "base64"));
        assert.deepEqual([name, type, audio[0].codec_name], ["voice.m4a", "audio/mp4", "aac"]);
        assert.ok(seconds > 1, `${seconds} seconds`);
      });

      await t.test("makes an M4A of Ogg", async () => {
        const { base64, name } = await call("convert.js", "convert", "tone.ogg");
        assert.deepEqual(
          [name, probe(Buffer.from(base64, "base64")).audio.length],
          ["tone.m4a", 1],
        );
      });

      await t.test("makes an MP4 of WebM", async () => {
        const { base64, name } = await call("convert.js", "convert", "pattern.webm");
        const { video, audio } = probe(Buffer.from(base64, "base64"));
        const codecs = [video[0].codec_name, audio[0].codec_name];
        assert.deepEqual([name, codecs], ["pattern.mp4", ["h264", "aac"]]);
      });
    },
    120_000,
  );
});
