// What arrived, as exiftool sees it.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const TAGS = ["-ImageWidth", "-ImageHeight", "-GPSLatitude"];

/** How large a picture is, and whether it tells of where it was taken. */
export function look(folder, bytes) {
  const picture = bytes.indexOf(Buffer.from([0xff, 0xd8, 0xff]));
  const path = join(folder, "arrived.jpg");
  writeFileSync(path, bytes.subarray(picture));
  const [tags] = JSON.parse(execFileSync("exiftool", ["-json", ...TAGS, path]));
  const { ImageWidth: width, ImageHeight: height, GPSLatitude: place } = tags;
  return { edges: `${width} × ${height}`, place: place ? "yes" : "no" };
}
