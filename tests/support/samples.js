// The smallest files that pass for their formats, in every runtime.

/** The start of a JPEG, and its end (ITU-T T.81, B.1.1.3). */
export const JPEG = Uint8Array.from([
  0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1, 0xff, 0xd9,
]);

/**
 * A JPEG of these bytes between its start and its end.
 *
 * @param {Uint8Array} content
 */
export function jpegOf(content) {
  const bytes = new Uint8Array(JPEG.length + content.length);
  bytes.set(JPEG.subarray(0, -2));
  bytes.set(content, JPEG.length - 2);
  bytes.set(JPEG.subarray(-2), bytes.length - 2);
  return bytes;
}

/** The first box of an MP4 and the header of an `mdat` up to the end (ISO/IEC 14496-12, 4.3, 8.1.1). */
export const MP4 = Uint8Array.from("\0\0\0\x18ftypisom\0\0\x02\0isommp42\0\0\0\0mdat", (letter) =>
  letter.charCodeAt(0),
);

/** A small picture, as a file. */
export const picture = () => new File([JPEG], "عکس.jpg", { type: "image/jpeg" });
