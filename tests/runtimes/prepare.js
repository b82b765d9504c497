// What is done to a file before it is sent, in every runtime.
import { assert } from "chai";
import { sha256 } from "../support/sha256.js";
import { assertReason, rejection, uploaded } from "./support.js";

const text = (letters) => Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
const joined = (...parts) => new Uint8Array(parts.flatMap((part) => [...part]));

/** A segment of a JPEG with its length. */
const segment = (marker, content) =>
  joined([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255], content);

/** An Exif block of one entry, a GPS directory of one entry, and a house in Tehran's north. */
const EXIF = segment(
  0xe1,
  text(
    "Exif\0\0II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0" +
      "\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0 35.8048 N, 51.4341 E",
  ),
);
const SOI = [0xff, 0xd8];
const JFIF = segment(0xe0, text("JFIF\0\x01\x01\0\0\x01\0\x01\0\0"));
const FRAME = segment(0xc0, [8, 0, 8, 0, 16, 1, 1, 0x11, 0]);
const SCAN = joined(segment(0xda, [1, 1, 0, 0, 63, 0]), [1, 2, 0xff, 0, 3, 0xff, 0xd9]);
const CLEAN = joined(SOI, JFIF, FRAME, SCAN);
const fromCamera = () =>
  new File(
    [SOI, JFIF, EXIF, FRAME, SCAN].map((part) => Uint8Array.from(part)),
    "خانه.jpg",
  );

/** A picture of one pixel. */
const WEBP = Uint8Array.from(
  atob("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"),
  (at) => at.charCodeAt(0),
);

export const prepare = {
  "recognises a file by its content and not by its name": async ({ prepare }) => {
    const { tracks, ...found } = await prepare.inspectMedia(fromCamera());
    assert.deepEqual(found, {
      format: "jpeg",
      mediaType: "image",
      width: 16,
      height: 8,
      alpha: false,
      animated: false,
      private: ["location", "exif"],
      truncated: false,
    });
    const program = new File(["MZ and more"], "a.jpg", { type: "image/jpeg" });
    assert.strictEqual((await prepare.inspectMedia(program)).format, "unknown");
    assert.strictEqual((await prepare.inspectMedia(new Blob([WEBP]))).format, "webp");
  },

  "removes a picture's location and keeps its pixels": async (runtime) => {
    const changes = [];
    const onChange = (change) => changes.push(change);
    const file = await runtime.prepare.prepareMedia(fromCamera(), "image", { onChange });
    assert.strictEqual(file.name, "خانه.jpg");
    assert.strictEqual(file.type, "image/jpeg");
    await uploaded(runtime, { file });
    const [, { upload }] = await runtime.emulator.requests();
    assert.strictEqual(upload.sha256, await sha256(CLEAN));
    const sizes = { bytesBefore: CLEAN.length + EXIF.length, bytes: CLEAN.length };
    const removed = ["location", "exif"];
    assert.deepEqual(changes, [{ change: "metadata_removed", removed, ...sizes }]);
  },

  "refuses formats that Divar does not take, with the reason": async ({ prepare }) => {
    const refused = [
      [new File([], "a.jpg"), "image", "file_empty"],
      [new File(["MZ and more"], "a.jpg"), "image", "unsupported_format"],
      [new File([CLEAN], "a.mp4"), "video", "unsupported_format"],
      [new File([CLEAN.slice(0, 30)], "a.jpg"), "image", "file_damaged"],
      [new File([CLEAN], "a.jpg"), "picture", "invalid_argument"],
      ["a.jpg", "image", "invalid_argument"],
    ];
    for (const [file, type, code] of refused) {
      const error = await rejection(prepare.prepareMedia(file, type));
      assert.ok(prepare.isDivarError(error), String(error));
      assert.strictEqual(error.code, code);
      assert.strictEqual(error.stage, "prepare");
      assert.isNotEmpty(error.userMessage.fa);
    }
  },

  "redraws a picture of another format, or refuses it without a canvas": async (runtime) => {
    const { prepare, traits } = runtime;
    const given = new File([WEBP], "a.webp", { type: "image/webp" });
    if (!traits.draws) {
      const error = await rejection(prepare.prepareMedia(given, "image"));
      assert.strictEqual(error.code, "cannot_convert");
      return;
    }
    const file = await prepare.prepareMedia(given);
    assert.strictEqual(file.name, "a.jpg");
    assert.strictEqual((await prepare.inspectMedia(file)).format, "jpeg");
    await uploaded(runtime, { file });
  },

  "an abort ends preparing at once with the signal's reason": async (runtime) => {
    const { prepare } = runtime;
    const controller = new AbortController();
    controller.abort("enough");
    const { signal } = controller;
    for (const call of [
      prepare.prepareMedia(fromCamera(), "image", { signal }),
      prepare.inspectMedia(fromCamera(), { signal }),
    ]) {
      assertReason(runtime, await rejection(call), "enough");
    }
  },
};
