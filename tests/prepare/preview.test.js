// The previews of videos and HEIC pictures, in Chromium and Firefox, compared by ffmpeg.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch } from "../support/chromium.js";
import { bundleConvert } from "./convert-scripts.js";
import { withFirefox } from "./firefox.js";
import { makePhoto } from "./heics.js";
import { makeRecordings, pixels, probe } from "./recordings.js";
import { serve } from "./server.js";

/** The longest edge of a preview, in pixels. */
const EDGE = 320;
/** The most that a preview may differ from the frame, of 255: browsers read untagged colours in two ways. */
const MOST_DIFFERENT = 15;

const media = {
  ...makeRecordings(["pattern.mp4", "pattern-vp9.webm", "rotated.mov", "tone.ogg"]),
  "photo.heic": makePhoto(),
};
const server = await serve(media, await bundleConvert());
after(() => server.close());

/** The mean difference of two pictures, for each colour of each pixel. */
function difference(one, other) {
  assert.equal(one.length, other.length);
  return one.reduce((sum, value, at) => sum + Math.abs(value - other[at]), 0) / one.length;
}

/** Checks that a preview has this size, in pixels, and is nearer to the frame at `seconds` than to others. */
function assertPreview(base64, [width, height], file, seconds) {
  const preview = Buffer.from(base64, "base64");
  const [{ codec_name, ...found }] = probe(preview).video;
  assert.deepEqual([codec_name, found.width, found.height], ["mjpeg", width, height]);
  const shown = pixels(preview, width, height);
  const [before, same, after] = [-0.3, 0, 0.3].map((other) =>
    difference(shown, pixels(media[file], width, height, seconds + other)),
  );
  assert.ok(same < MOST_DIFFERENT && same < before && same < after, `${before} ${same} ${after}`);
}

function previews(t, call) {
  return Promise.all([
    t.test("the preview of a video is its frame after a second", async () => {
      const { base64, type, size, file } = await call("preview", "pattern.mp4");
      assert.deepEqual([type, file], ["image/jpeg", "pattern.mp4"]);
      assert.ok(size < 50_000, `${size} bytes`);
      assertPreview(base64, [EDGE, 180], "pattern.mp4", 1);
    }),

    t.test("the preview of a converted video comes before the file", async () => {
      const { base64, events, file } = await call("preview", "pattern-vp9.webm");
      assert.deepEqual([events, file], [["preview", "file"], "pattern-vp9.mp4"]);
      assertPreview(base64, [EDGE, 180], "pattern-vp9.webm", 2 / 3);
    }),

    t.test("the preview of a rotated video is upright", async () => {
      const { base64 } = await call("preview", "rotated.mov");
      assertPreview(base64, [180, EDGE], "rotated.mov", 2 / 3);
    }),

    t.test("the preview of a HEIC is a small JPEG", async () => {
      const { base64, type, file } = await call("preview", "photo.heic");
      assert.deepEqual([type, file], ["image/jpeg", "photo.jpg"]);
      const [{ width, height }] = probe(Buffer.from(base64, "base64")).video;
      assert.equal(Math.max(width, height), EDGE);
    }),

    t.test("a callback that throws does not end the call", async () => {
      const { file } = await call("preview", "pattern.mp4", null, { throws: true });
      assert.equal(file, "pattern.mp4");
    }),
  ]);
}

test("previews in Chromium", async (t) => {
  const browser = await launch();
  try {
    const open = async (path) => {
      const page = await browser.newPage();
      await page.goto(server.url + path);
      return (name, ...args) =>
        page.evaluate(
          async ([name, args]) => (await import("/tests/prepare/inside/convert.js"))[name](...args),
          [name, args],
        );
    };
    await previews(t, await open("/convert"));
    await t.test("a page whose policy forbids the video gets the file without", async () => {
      const call = await open("/");
      const outcome = await call("previewForbidden", "pattern.mp4");
      assert.deepEqual(outcome, { file: "pattern.mp4", directive: "media-src", isCalled: false });
    });
  } finally {
    await browser.close();
  }
});

test("previews in Firefox", (t) =>
  withFirefox(`${server.url}/convert`, {}, (callIn) =>
    previews(t, (...args) => callIn("convert.js", ...args)),
  ));
