// A PNG loses what is private, and not one pixel.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNothingPrivate } from "./clean.js";
import { rawTag, tagsOf } from "./exiftool.js";
import { framesOf } from "./ffmpeg.js";
import { save } from "./folder.js";
import { profile } from "./make/icc.js";
import { picture } from "./make/pixels.js";
import { png, shapes, withEverythingPrivate } from "./make/png.js";
import { inspected, prepared } from "./prepared.js";

for (const [name, make] of Object.entries(shapes)) {
  test(`${name}: everything private is taken out, and the pixels stay`, async () => {
    const path = save("plan.png", withEverythingPrivate(make()));
    const after = await prepared(path, "image");
    assertNothingPrivate(tagsOf(after.path)[0], after.bytes);
    assert.equal(framesOf(after.path), framesOf(path));
    assert.deepEqual(rawTag(after.path, "ICC_Profile"), profile());
    assert.deepEqual(after.changes, ["metadata_removed"]);
  });
}

test("what was taken out was there, by exiftool and by us", async () => {
  const path = save("plan.png", withEverythingPrivate(png()));
  const [tags] = tagsOf(path);
  for (const tag of ["PNG:Author", "PNG:Comment", "PNG:ModifyDate", "GPS:GPSLatitude"]) {
    assert.ok(tags[tag], tag);
  }
  const { private: found } = await inspected(path);
  for (const what of ["location", "time", "device", "exif", "xmp", "text"]) {
    assert.ok(found.includes(what), `${what} of ${found}`);
  }
});

test("a PNG without anything private comes out byte for byte", async () => {
  const { bytes, changes } = await prepared(save("plan.png", bare()), "image");
  assert.ok(bytes.equals(bare()));
  assert.deepEqual(changes, []);
});

/** ffmpeg's, which has no chunk but those that a decoder needs. */
const bare = () => png("-fflags", "+bitexact", "-flags", "+bitexact");

test("an animated PNG keeps all its frames", async () => {
  const moving = picture(["-frames:v", "3", "-f", "apng"]);
  const path = save("plan.png", withEverythingPrivate(moving));
  const after = await prepared(path, "image");
  assertNothingPrivate(tagsOf(after.path)[0], after.bytes);
  assert.equal(framesOf(after.path), framesOf(path));
});
