// Makes the pictures of the tests with ffmpeg.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";

/** Colours of the corners in most pictures: top left, top right, bottom left, bottom right. */
export const CORNERS = "red green blue yellow";

/** By Exif orientation: the corners that a viewer shows when `CORNERS` are stored. */
export const UPRIGHT = {
  1: CORNERS,
  2: "green red yellow blue",
  3: "yellow blue green red",
  4: "blue yellow red green",
  5: "red blue green yellow",
  6: "blue red yellow green",
  7: "yellow green blue red",
  8: "green yellow red blue",
};

/** Red, green, blue and yellow: top left, top right, bottom left, bottom right. */
const QUARTERS = [
  ...["red", "lime", "blue", "yellow"].flatMap((colour) => lavfi(`color=${colour}:s=200x150`)),
  "-filter_complex",
  "[0][1]hstack[top];[2][3]hstack[bottom];[top][bottom]vstack",
  "-frames:v",
  "1",
];

/** One red second, then one blue second. */
const MOVING = [
  ...["red", "blue"].flatMap((colour) => lavfi(`color=${colour}:s=80x60:r=1:d=1`)),
  "-filter_complex",
  "concat",
];
/** Every other column white, or every other row. */
const stripes = (of) => `nullsrc=s=2000x1500,geq=lum='255*mod(${of},2)':cb=128:cr=128`;
const NOISE = "nullsrc=s=1200x900,geq=random(1)*255:128+random(2)*64:128+random(3)*64";
/** A reddish, noisy disc on a transparent background, which PNG compresses badly. */
const DISC =
  "nullsrc=s=400x300,format=rgba,geq=r=255:g='random(1)*90':b='random(2)*90':a='255*lt(hypot(X-200,Y-150),120)'";

/** @returns {Record<string, Buffer>} by name */
export function makePictures() {
  const folder = mkdtempSync(join(tmpdir(), "divar-prepare-"));
  const ffmpeg = (name, ...args) => {
    const path = join(folder, name);
    execFileSync("ffmpeg", ["-v", "error", "-nostdin", ...args, path]);
    return readFileSync(path);
  };
  const draw = (name, source, ...args) => ffmpeg(name, ...lavfi(source), "-frames:v", "1", ...args);
  try {
    const upright = ffmpeg("corners.jpg", ...QUARTERS, "-q:v", "1", "-pix_fmt", "yuvj444p");
    const avif = ffmpeg("corners.avif", ...QUARTERS, "-pix_fmt", "yuv420p");
    return {
      "corners.jpg": upright,
      "opaque.png": ffmpeg("opaque.png", ...QUARTERS, "-pix_fmt", "rgba"),
      "huge.png": withSize(ffmpeg("corners.png", ...QUARTERS), 20_000, 5_001),
      "corners.webp": ffmpeg("corners.webp", ...QUARTERS),
      "corners.avif": avif,
      "corners.gif": ffmpeg("corners.gif", ...QUARTERS),
      "moving.gif": ffmpeg("moving.gif", ...MOVING),
      "columns.png": draw("columns.png", stripes("X")),
      "rows.png": draw("rows.png", stripes("Y")),
      // Not JPEG: all formats but JPEG and PNG are redrawn.
      "noise.webp": draw("noise.webp", NOISE, "-quality", "95"),
      // More pixels than the limit, at a quality below that of redrawn pictures.
      "coarse.jpg": draw("coarse.jpg", NOISE.replace("1200x900", "3600x2700"), "-q:v", "31"),
      "disc.png": draw("disc.png", DISC),
      "photo.jpg": draw("photo.jpg", "testsrc2=s=4000x3000,noise=alls=20", "-q:v", "4"),
      "broken.avif": withBrokenData(avif),
      ...Object.fromEntries(
        [1, 2, 3, 4, 5, 6, 7, 8].map((turn) => [`${turn}.jpg`, oriented(upright, turn)]),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A PNG that claims this size (PNG, third edition, 11.2.1: IHDR, and 5.3: its CRC). */
function withSize(png, width, height) {
  const changed = Buffer.from(png);
  changed.writeUInt32BE(width, 16);
  changed.writeUInt32BE(height, 20);
  changed.writeUInt32BE(crc32(changed.subarray(12, 29)), 29);
  return changed;
}

/** An AVIF with valid boxes and a damaged picture. */
function withBrokenData(avif) {
  const broken = Buffer.from(avif);
  return broken.fill(0xff, broken.indexOf("mdat") + 4);
}

/** The JPEG with an Exif segment, which has the orientation, right after SOI. */
function oriented(jpeg, orientation) {
  const header = "4d4d002a00000008";
  const entry = `0112000300000001000${orientation}0000`;
  const exif = Buffer.from(`457869660000${header}0001${entry}00000000`, "hex");
  const marker = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), marker, exif, jpeg.subarray(2)]);
}

function lavfi(source) {
  return ["-f", "lavfi", "-i", source];
}
