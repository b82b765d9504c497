// JPEGs lose private metadata and keep every pixel.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNothingPrivate } from "./clean.js";
import { pixelsOf } from "./djpeg.js";
import { rawTag, tagsOf } from "./exiftool.js";
import { save } from "./folder.js";
import { profile } from "./make/icc.js";
import {
  cjpeg,
  segment,
  variants,
  withSecondPicture,
  withSegments,
  withSegmentsBetweenScans,
} from "./make/jpeg.js";
import { MARKER } from "./make/marker.js";
import { exifSegment, withPrivateMetadata } from "./make/private.js";
import { inspected, prepared } from "./prepared.js";

for (const [name, make] of Object.entries(variants)) {
  test(`${name}: removes private metadata and keeps the pixels`, async () => {
    const path = save("photo.jpg", withPrivateMetadata(make(), { orientation: 6 }));
    const after = await prepared(path, "image");
    const [tags] = tagsOf(after.path);
    assertNothingPrivate(tags, after.bytes);
    assert.deepEqual(pixelsOf(after.path), pixelsOf(path));
    assert.equal(tags["IFD0:Orientation"], "Rotate 90 CW");
    assert.deepEqual(rawTag(after.path, "ICC_Profile"), profile());
    assert.deepEqual(after.changes, ["metadata_removed"]);
  });
}

test("exiftool and inspectMedia find the private metadata before it is removed", async () => {
  const path = save("photo.jpg", withPrivateMetadata(cjpeg(), { orientation: 6 }));
  const [tags] = tagsOf(path);
  for (const tag of ["GPS:GPSLatitude", "XMP-exif:GPSLatitude", "ExifIFD:SerialNumber"]) {
    assert.ok(tags[tag], tag);
  }
  for (const tag of ["IPTC:City", "File:Comment", "IFD1:ThumbnailImage", "IFD0:Make"]) {
    assert.ok(tags[tag], tag);
  }
  const { private: found, orientation } = await inspected(path);
  for (const what of ["location", "time", "device", "exif", "xmp", "iptc", "text", "thumbnail"]) {
    assert.ok(found.includes(what), `${what} of ${found}`);
  }
  assert.equal(orientation, 6);
});

for (const order of ["II", "MM"]) {
  test(`keeps each of the eight orientations in byte order ${order}`, async () => {
    const plain = cjpeg();
    const rotated = [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) =>
      save(`${orientation}.jpg`, withSegments(plain, exifSegment({ orientation, order }))),
    );
    const after = await Promise.all(rotated.map((path) => prepared(path, "image")));
    const [before, then] = [rotated, after.map(({ path }) => path)].map((paths) =>
      tagsOf(...paths).map((tags) => tags["IFD0:Orientation"] ?? "Horizontal (normal)"),
    );
    assert.equal(new Set(before).size, 8);
    assert.deepEqual(then, before);
  });
}

test("removes a second picture after EOI and the MPF index that lists it", async () => {
  const first = withPrivateMetadata(cjpeg(), { orientation: 3 });
  const second = withPrivateMetadata(cjpeg("-grayscale"), { orientation: 3 });
  const path = save("photo.jpg", withSecondPicture(first, second));
  assert.ok(tagsOf(path)[0]["MPImage2:MPImageLength"], "exiftool finds no second picture");
  const after = await prepared(path, "image");
  const [tags] = tagsOf(after.path);
  assertNothingPrivate(tags, after.bytes);
  assert.equal(after.bytes.indexOf(Buffer.from([0xff, 0xd9])), after.bytes.length - 2);
  assert.deepEqual(pixelsOf(after.path), pixelsOf(path));
});

test("removes metadata segments between scans", async () => {
  const between = [segment(0xfe, `${MARKER}-comment`), exifSegment({ orientation: 1 })];
  const jpeg = withSegmentsBetweenScans(cjpeg("-progressive"), ...between);
  const path = save("photo.jpg", jpeg);
  const after = await prepared(path, "image");
  assert.ok(jpeg.length > cjpeg("-progressive").length + 4000, "there is only one scan");
  assertNothingPrivate(tagsOf(after.path)[0], after.bytes);
  assert.deepEqual(pixelsOf(after.path), pixelsOf(path));
});

test("accepts fill bytes before a marker", async () => {
  const fill = Buffer.from([0xff, 0xff, 0xff]);
  const comment = segment(0xfe, `${MARKER}-comment`);
  const path = save("photo.jpg", withSegments(cjpeg(), fill, comment, fill, comment));
  const after = await prepared(path, "image");
  assertNothingPrivate(tagsOf(after.path)[0], after.bytes);
  assert.deepEqual(pixelsOf(after.path), pixelsOf(path));
});

test("removes an Exif segment without a valid TIFF header", async () => {
  const invalid = [segment(0xe1, `Exif\0\0${MARKER}, not a directory`), segment(0xe1, "Exif\0\0")];
  const path = save("photo.jpg", withSegments(cjpeg(), ...invalid));
  const after = await prepared(path, "image");
  assertNothingPrivate(tagsOf(after.path)[0], after.bytes);
  assert.deepEqual(pixelsOf(after.path), pixelsOf(path));
});

test("does not change a JPEG without private metadata", async () => {
  const path = save("photo.jpg", cjpeg());
  const { bytes, changes } = await prepared(path, "image");
  assert.ok(bytes.equals(cjpeg()));
  assert.deepEqual(changes, []);
});

test("keepMetadata keeps everything", async () => {
  const jpeg = withPrivateMetadata(cjpeg(), { orientation: 6 });
  const { bytes } = await prepared(save("photo.jpg", jpeg), "image", { keepMetadata: true });
  assert.ok(bytes.equals(jpeg));
});

test("preparing a prepared JPEG again changes nothing", async () => {
  const path = save("photo.jpg", withPrivateMetadata(cjpeg(), { orientation: 6 }));
  const once = await prepared(path, "image");
  const twice = await prepared(once.path, "image");
  assert.ok(twice.bytes.equals(once.bytes));
  assert.deepEqual(twice.changes, []);
});
