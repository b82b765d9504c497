// Makes PNGs of every kind with ffmpeg, and adds chunks.
import { crc32, deflateSync } from "node:zlib";
import { exif } from "./exif.js";
import { profile } from "./icc.js";
import { MARKER } from "./marker.js";
import { picture } from "./pixels.js";
import { xmp } from "./private.js";

/** Where the first chunk, IHDR, ends. */
const AFTER_IHDR = 8 + 25;

export const png = (...options) => picture(["-f", "image2pipe", "-c:v", "png", ...options]);

export function chunk(type, ...parts) {
  const body = Buffer.concat([type, ...parts].map((part) => Buffer.from(part)));
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** The PNG with more chunks after IHDR. */
export const withChunks = (bytes, ...more) =>
  Buffer.concat([bytes.subarray(0, AFTER_IHDR), ...more, bytes.subarray(AFTER_IHDR)]);

const profileChunk = () => chunk("iCCP", "kept\0\0", deflateSync(profile()));

/** The PNG with every kind of private metadata, and bytes after IEND. */
export function withPrivateMetadata(bytes) {
  const more = [
    profileChunk(),
    chunk("tEXt", `Author\0${MARKER}-author`),
    chunk("zTXt", "Comment\0\0", deflateSync(`${MARKER}-comment`)),
    chunk("iTXt", `XML:com.adobe.xmp\0\0\0\0\0${xmp}`),
    chunk("eXIf", exif({})),
    chunk("tIME", [7, 232, 1, 2, 3, 4, 5]),
    chunk("prVt", `${MARKER}-private-chunk`),
  ];
  const whole = withChunks(bytes, ...more);
  const end = whole.length - 12;
  const late = chunk("tEXt", `Software\0${MARKER}-software`);
  const trailer = Buffer.from(`${MARKER}-trailer`);
  return Buffer.concat([whole.subarray(0, end), late, whole.subarray(end), trailer]);
}

const format = (name) => ["-vf", `format=${name}`];

/** One picture in every kind of PNG. */
export const variants = {
  "true colour": () => png(...format("rgb24")),
  "with alpha": () => png(...format("rgba")),
  palette: () => png(...format("pal8")),
  grey: () => png(...format("gray")),
  "black and white": () => png(...format("monob")),
  "16 bits": () => png(...format("rgba64be")),
  interlaced: () => png(...format("rgba"), "-flags", "+ildct"),
  "interlaced palette": () => png(...format("pal8"), "-flags", "+ildct"),
};
