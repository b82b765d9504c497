// An Exif block with every kind of private tag that a phone writes, by exiftool.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { pathFor, save } from "../folder.js";
import { run } from "../run.js";
import { MARKER } from "./marker.js";

const CONFIG = fileURLToPath(new URL("maker-note.config", import.meta.url));

const TAGS = {
  ImageDescription: `${MARKER}-description`,
  Make: `${MARKER}-make`,
  Model: `${MARKER}-model`,
  Software: `${MARKER}-software`,
  ModifyDate: "2024:01:02 03:04:05",
  Artist: `${MARKER}-artist`,
  DateTimeOriginal: "2024:01:02 03:04:05",
  MakerNote: `${MARKER}-maker-note`,
  UserComment: `${MARKER}-user-comment`,
  OwnerName: `${MARKER}-owner`,
  SerialNumber: `${MARKER}-body-serial`,
  LensSerialNumber: `${MARKER}-lens-serial`,
  GPSLatitude: 35.6892,
  GPSLatitudeRef: "N",
  GPSLongitude: 51.389,
  GPSLongitudeRef: "E",
  GPSDateStamp: "2024:01:02",
};

/** The TIFF block, as PNG stores it; in JPEG, `Exif\0\0` precedes it. Its byte order is `II` or `MM`. */
export function exif({ orientation, order = "MM", thumbnail }) {
  const path = pathFor("block.exif");
  const tags = Object.entries(TAGS).map(([tag, value]) => `-${tag}=${value}`);
  if (orientation) tags.push(`-Orientation#=${orientation}`);
  if (thumbnail) tags.push(`-ThumbnailImage<=${save("thumbnail.jpg", thumbnail)}`);
  run("exiftool", ["-config", CONFIG, "-q", `-ExifByteOrder=${order}`, ...tags, "-o", path]);
  return readFileSync(path);
}
