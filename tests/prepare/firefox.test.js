// The same in Firefox, where decoders, canvases and workers are others.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { withFirefox } from "./firefox.js";
import { JUDGED, makeHeics, mostDifferent } from "./heics.js";
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
      await t.test(`makes a JPEG of ${name}`, async () => {
        const { type, corners } = await call("pictures.js", "fit", name, LIMITS);
        assert.deepEqual([type, corners], ["image/jpeg", CORNERS]);
      });
    }

    await t.test("draws a Blob of several parts", async () => {
      const options = { ...LIMITS, longestEdge: 200 };
      const { corners } = await call("pictures.js", "fitComposed", "corners.jpg", options);
      assert.equal(corners, CORNERS);
    });

    for (const name of JUDGED) {
      await t.test(`decodes ${name}.heic as libheif does`, async () => {
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

    await t.test("makes grey of what is finer than a pixel", async () => {
      const options = { ...LIMITS, longestEdge: 430 };
      const { contrast } = await call("pictures.js", "fit", "columns.png", options);
      assert.ok(contrast < 24, `${contrast} between light and dark`);
    });

    await t.test("lowers the quality", async () => {
      const { size: best } = await call("pictures.js", "fit", "noise.webp", LIMITS);
      const maxBytes = Math.round(best * 0.7);
      const { size } = await call("pictures.js", "fit", "noise.webp", { ...LIMITS, maxBytes });
      assert.ok(size <= maxBytes && size > maxBytes * 0.9, `${size} of ${maxBytes} bytes`);
    });

    await t.test("refuses what it cannot decode", async () => {
      const { code } = await call("pictures.js", "refusal", "broken.avif", LIMITS);
      assert.equal(code, "cannot_convert");
    });

    for (const phase of ["decoding", "encoding"]) {
      await t.test(`ends at once at an abort while ${phase}`, async () => {
        const { outcome } = await call("pictures.js", "abort", "noise.webp", LIMITS, phase);
        assert.equal(outcome, "aborted");
      });
    }

    await t.test("records nothing that Divar takes, and says so without asking", async () => {
      const { code, cause } = await call("voice.js", "refusal");
      assert.deepEqual([code, cause], ["cannot_record", undefined]);
    });
  });
});

test("Firefox that resists fingerprinting refuses, and does not send noise for a photo", async () => {
  await withFirefox(server.url, { "privacy.resistFingerprinting": true }, async (call) => {
    const { code } = await call("pictures.js", "refusal", "corners.webp", LIMITS);
    assert.equal(code, "cannot_convert");
  });
});
