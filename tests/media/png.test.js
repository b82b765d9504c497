// PNGs lose private metadata and keep every pixel.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNothingPrivate } from "./clean.js";
import { rawTag, tagsOf } from "./exiftool.js";
import { framesOf } from "./ffmpeg.js";
import { save } from "./folder.js";
import { exif } from "./make/exif.js";
import { profile } from "./make/icc.js";
import { picture } from "./make/pixels.js";
import { chunk, png, variants, withChunks, withPrivateMetadata } from "./make/png.js";
import { inspected, prepared } from "./prepared.js";

for (const [name, make] of Object.entries(variants)) {
  test(`${name}: removes private metadata and keeps the pixels`, async () => {
    const path = save("plan.png", withPrivateMetadata(make()));
    const after = await prepared(path, "image");
    assertNothingPrivate(tagsOf(after.path)[0], after.bytes);
    assert.equal(framesOf(after.path), framesOf(path));
    assert.deepEqual(rawTag(after.path, "ICC_Profile"), profile());
    assert.deepEqual(after.changes, ["metadata_removed"]);
  });
}

test("exiftool and inspectMedia find the private metadata before it is removed", async () => {
  const path = save("plan.png", withPrivateMetadata(png()));
  const [tags] = tagsOf(path);
  for (const tag of ["PNG:Author", "PNG:Comment", "PNG:ModifyDate", "GPS:GPSLatitude"]) {
    assert.ok(tags[tag], tag);
  }
  const { private: found } = await inspected(path);
  for (const what of ["location", "time", "device", "exif", "xmp", "text"]) {
    assert.ok(found.includes(what), `${what} of ${found}`);
  }
});

test("does not change a PNG without private metadata", async () => {
  const { bytes, changes } = await prepared(save("plan.png", bare()), "image");
  assert.ok(bytes.equals(bare()));
  assert.deepEqual(changes, []);
});

/** A PNG with no chunks but those that a decoder needs. */
const bare = () => png("-fflags", "+bitexact", "-flags", "+bitexact");

test("keeps a PNG's orientation", async () => {
  const rotated = withChunks(png(), chunk("eXIf", exif({ orientation: 6 })));
  const path = save("plan.png", rotated);
  const [before] = tagsOf(path);
  const after = await prepared(path, "image");
  const [tags] = tagsOf(after.path);
  assertNothingPrivate(tags, after.bytes);
  assert.equal(before["IFD0:Orientation"], "Rotate 90 CW");
  assert.equal(tags["IFD0:Orientation"], "Rotate 90 CW");
});

test("keeps all frames of an animated PNG", async () => {
  const animated = picture(["-frames:v", "3", "-f", "apng"]);
  const path = save("plan.png", withPrivateMetadata(animated));
  const after = await prepared(path, "image");
  assertNothingPrivate(tagsOf(after.path)[0], after.bytes);
  assert.equal(framesOf(after.path), framesOf(path));
});
