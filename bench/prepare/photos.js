// Ten photographs of twelve megapixels as phones write them, made by ffmpeg and libjpeg.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { withSegments } from "../../tests/media/make/jpeg.js";
import { exifSegment } from "../../tests/media/make/private.js";

const WIDTH = 4000;
const HEIGHT = 3000;
const WHOLE = `scale=${WIDTH}:${HEIGHT}:flags`;
/** How strongly each scale shows: as in nature, the coarser the more. Sharp edges come first. */
const EDGES = 5;
const SCALES = { "8x6": 14, "32x24": 8, "125x94": 5, "500x375": 3, "2000x1500": 2 };
/** The quality that each is saved in, and the grain of its sensor: by day, and in the dark. */
const PHOTOS = [
  [92, 11],
  [92, 13],
  [92, 16],
  [92, 20],
  [95, 8],
  [95, 11],
  [95, 14],
  [95, 20],
  [96, 24],
  [97, 26],
];
const MIN_BYTES = 4_000_000;
const MAX_BYTES = 12_000_000;

/** Writes them into `folder`; gives their paths and the sum of their bytes. */
export function makePhotos(folder) {
  const photos = PHOTOS.map(([quality, grain], place) => {
    const bytes = withMetadata(photo(place + 1, quality, grain));
    if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
      throw new Error(`photograph ${place + 1} has ${bytes.length} bytes`);
    }
    const path = join(folder, `IMG_${place + 1}.jpg`);
    writeFileSync(path, bytes);
    return { path, bytes: bytes.length };
  });
  const bytes = photos.reduce((sum, photo) => sum + photo.bytes, 0);
  return { paths: photos.map(({ path }) => path), bytes };
}

/** With the location, the camera and its serial number. */
const withMetadata = (jpeg) => withSegments(jpeg, exifSegment({ orientation: 1 }));

function photo(seed, quality, grain) {
  const args = ["-v", "error", "-filter_complex", scene(seed, grain), "-frames:v", "1"];
  const pixels = run("ffmpeg", [...args, "-f", "image2pipe", "-c:v", "ppm", "-"]);
  return run("cjpeg", ["-quality", String(quality)], pixels);
}

/** Noise of every scale, each coarser one stronger, over hard edges; then grain of the sensor's. */
function scene(seed, grain) {
  const scales = Object.keys(SCALES);
  const layers = scales.map((size, place) => `${noise(size, seed * 100 + place)}[n${place}]`);
  const names = scales.map((_, place) => `[n${place}]`).join("");
  const weights = [EDGES, ...Object.values(SCALES)].join(" ");
  const mix = `[edges]${names}mix=inputs=${scales.length + 1}:weights='${weights}'`;
  const all = `${mix},${each("(val-128)*1.8+128")},noise=alls=${grain}:all_seed=${seed}`;
  return [`${edges(seed)}[edges]`, ...layers, all].join(";");
}

function noise(size, seed) {
  const planes = [0, 1, 2].map((c) => `c${c}s=100:c${c}_seed=${seed + 20 * c}`).join(":");
  return `color=gray:s=${size}:d=1:r=1,format=gbrp,noise=${planes},${WHOLE}=bicubic`;
}

const edges = (seed) =>
  `cellauto=s=200x150:r=1:rule=110:seed=${seed},${WHOLE}=neighbor,format=gbrp,${each("val/3+85")}`;

const each = (value) => `lutrgb=r='${value}':g='${value}':b='${value}'`;

const run = (program, args, input) => execFileSync(program, args, { input, maxBuffer: 2 ** 28 });
