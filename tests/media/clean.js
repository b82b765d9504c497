// Asserts that a picture has no personal metadata left.
import assert from "node:assert/strict";
import { MARKER } from "./make/marker.js";

/** Tags that describe the file or exiftool itself, and those that a decoder needs. */
const ALLOWED = [
  /^(ExifTool|System|ICC-header|ICC_Profile|ICC-.*|Adobe|APP14|JFIF|PNG|PNG-pHYs|Composite):/,
  /^File:(FileType|FileTypeExtension|MIMEType|ExifByteOrder|Image\w+|EncodingProcess)$/,
  /^File:(BitsPerSample|ColorComponents|YCbCrSubSampling|ColorTransform)$/,
  /^IFD0:(Orientation|XResolution|YResolution|ResolutionUnit|YCbCrPositioning)$/,
];

/** Tags of the groups above that must not be left. */
const FORBIDDEN = /GPS|Warning|Comment|Make$|Model$|Serial|Author|Title|Thumbnail|Date|Time/;
const NOT_PRIVATE = /^(System|ICC[-_].*):/;

export function assertNothingPrivate(tags, bytes) {
  const left = Object.keys(tags).filter(
    (tag) =>
      !ALLOWED.some((pattern) => pattern.test(tag)) ||
      (FORBIDDEN.test(tag) && !NOT_PRIVATE.test(tag)),
  );
  assert.deepEqual(left, [], "exiftool still reads private tags");
  assertNoMarker(bytes);
}

/** Searches the bytes too, since exiftool does not read every part of a file. */
export function assertNoMarker(bytes) {
  const at = bytes.indexOf(MARKER);
  assert.equal(at, -1, `${JSON.stringify(bytes.toString("latin1", at, at + 40))} is at ${at}`);
}
