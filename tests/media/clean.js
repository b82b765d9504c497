// What may be left in a picture that is sent.
import assert from "node:assert/strict";
import { PLANTED } from "./make/planted.js";

/** What exiftool says of the file and of itself, and what a decoder needs. */
const ALLOWED = [
  /^(ExifTool|System|ICC-header|ICC_Profile|ICC-.*|Adobe|APP14|JFIF|PNG|PNG-pHYs|Composite):/,
  /^File:(FileType|FileTypeExtension|MIMEType|ExifByteOrder|Image\w+|EncodingProcess)$/,
  /^File:(BitsPerSample|ColorComponents|YCbCrSubSampling|ColorTransform)$/,
  /^IFD0:(Orientation|XResolution|YResolution|ResolutionUnit|YCbCrPositioning)$/,
];

/** Of the groups above, what must not be there. */
const FORBIDDEN = /GPS|Warning|Comment|Make$|Model$|Serial|Author|Title|Thumbnail|Date|Time/;
const NOT_PRIVATE = /^(System|ICC[-_].*):/;

export function assertNothingPrivate(tags, bytes) {
  const left = Object.keys(tags).filter(
    (tag) =>
      !ALLOWED.some((pattern) => pattern.test(tag)) ||
      (FORBIDDEN.test(tag) && !NOT_PRIVATE.test(tag)),
  );
  assert.deepEqual(left, [], "exiftool still reads it");
  assertNotPlanted(bytes);
}

/** In no place of the file that exiftool may not look at, either. */
export function assertNotPlanted(bytes) {
  const at = bytes.indexOf(PLANTED);
  assert.equal(at, -1, `${JSON.stringify(bytes.toString("latin1", at, at + 40))} is at ${at}`);
}
