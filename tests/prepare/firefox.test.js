// Pictures, HEIC and recording in Firefox, whose decoders, canvases and workers differ from Chromium's.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { withFirefox } from "./firefox.js";
import { COMPARED, makeHeics, mostDifferent } from "./heics.js";
import { CORNERS, makePictures, UPRIGHT } from "./pictures.js";
import { serve } from "./server.js";

const LIMITS = { longestEdge: 1280, maxBytes: 5_000_000 };

const server = await serve({ ...makePictures(), ...makeHeics() });
after(() => server.close());

test("Firefox", async (t) => {
  await withFirefox(server.url, {}, async (call) => {
    await t.test("turns pictures of every orientation upright", async () => {
      for (const [orientation, expected] of Object.entries(UPRIGHT)) {
        const options = { ...LIMITS, longestEdge: 200 };
        const { corners, found, reported } = await call(
          "pictures.js",
          "fit",
          `${orientation}.jpg`,
          options,
        );
        assert.deepEqual([corners, found], [expected, orientation < 5 ? "200x150" : "150x200"]);
        assert.equal(reported, found);
      }
    });

    for (const name of ["corners.webp", "corners.avif", "corners.gif"]) {
      await t.test(`converts ${name} to JPEG`, async () => {
        const { type, corners } = await call("pictures.js", "fit", name, LIMITS);
        assert.deepEqual([type, corners], ["image/jpeg", CORNERS]);
      });
    }

    await t.test("decodes a Blob of several parts", async () => {
      const options = { ...LIMITS, longestEdge: 200 };
      const { corners } = await call("pictures.js", "fitComposed", "corners.jpg", options);
      assert.equal(corners, CORNERS);
    });

    for (const name of COMPARED) {
      await t.test(`decodes ${name}.heic like libheif`, async () => {
        const { found, expected, differences } = await call("heic.js", "beside", name);
        assert.equal(found, expected);
        assert.ok(
          differences.every((difference) => difference <= mostDifferent(name)),
          `${differences}`,
        );
      });
    }

    await t.test("keeps transparency", async () => {
      const options = { ...LIMITS, longestEdge: 200 };
      const { type, corners } = await call("pictures.js", "fit", "disc.png", options);
      assert.deepEqual([type, corners], ["image/png", "nothing nothing nothing nothing"]);
    });

    await t.test("averages details finer than a pixel", async () => {
      const options = { ...LIMITS, longestEdge: 430 };
      const { contrast } = await call("pictures.js", "fit", "columns.png", options);
      assert.ok(contrast < 24, `${contrast} between light and dark`);
    });

    await t.test("lowers the quality until the picture fits", async () => {
      const { size: best } = await call("pictures.js", "fit", "noise.webp", LIMITS);
      const maxBytes = Math.round(best * 0.7);
      const { size } = await call("pictures.js", "fit", "noise.webp", { ...LIMITS, maxBytes });
      assert.ok(size <= maxBytes && size > maxBytes * 0.9, `${size} of ${maxBytes} bytes`);
    });

    await t.test("rejects a picture that it cannot decode", async () => {
      const { code } = await call("pictures.js", "refusal", "broken.avif", LIMITS);
      assert.equal(code, "cannot_convert");
    });

    for (const phase of ["decoding", "encoding"]) {
      await t.test(`rejects at once when aborted while ${phase}`, async () => {
        const { outcome } = await call("pictures.js", "abort", "noise.webp", LIMITS, phase);
        assert.equal(outcome, "aborted");
      });
    }

    await t.test(
      "rejects a recording with cannot_record without asking for the microphone",
      async () => {
        const { code, cause } = await call("voice.js", "refusal");
        assert.deepEqual([code, cause], ["cannot_record", undefined]);
      },
    );
  });
});

test("rejects when Firefox's fingerprinting protection returns noise from the canvas", async () => {
  await withFirefox(server.url, { "privacy.resistFingerprinting": true }, async (call) => {
    const { code } = await call("pictures.js", "refusal", "corners.webp", LIMITS);
    assert.equal(code, "cannot_convert");
  });
});
