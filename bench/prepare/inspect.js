// An uploaded picture, as exiftool reads it.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const TAGS = ["-ImageWidth", "-ImageHeight", "-GPSLatitude"];

/** The size of a picture, and whether it has the location where it was taken. */
export function inspect(folder, bytes) {
  const start = bytes.indexOf(Buffer.from([0xff, 0xd8, 0xff]));
  const path = join(folder, "uploaded.jpg");
  writeFileSync(path, bytes.subarray(start));
  const [tags] = JSON.parse(execFileSync("exiftool", ["-json", ...TAGS, path]));
  const { ImageWidth: width, ImageHeight: height, GPSLatitude: latitude } = tags;
  return { pixels: `${width} × ${height}`, place: latitude ? "yes" : "no" };
}
