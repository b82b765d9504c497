// Makes HEIC files and, by libheif, a PNG of each for comparison.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cropped, heif, mirrored, rotated } from "./heif-writer.js";

/** The samples of the decoder's own tests. */
const SAMPLES = new URL("../../heic/samples/", import.meta.url);

/** The files that are compared with libheif's PNG of the same name. */
export const COMPARED = [
  "grey",
  "p3",
  "photo",
  "photo-odd",
  "photo-ten-bit",
  "photo-full-chroma",
  "photo-half-chroma",
  "photo-transparent",
  "photo-mirrored",
  "photo-cropped",
  "photo-grid",
  "photo-unlabelled",
];

/** Files without chroma subsampling. */
const WITHOUT_INTERPOLATION = ["grey", "photo-full-chroma"];

/**
 * The largest mean difference from libheif in each channel, in levels of 0 to 255. The decoder
 * interpolates subsampled chroma, as most decoders do; Debian's libheif repeats it.
 */
export const mostDifferent = (name) => (WITHOUT_INTERPOLATION.includes(name) ? 0.1 : 2.5);

const TILE = { width: 512, height: 512 };

const photo = (size) => `testsrc2=s=${size},gblur=2,noise=alls=6`;

/** Calls `make` with what runs programs in a folder, reads its files, and encodes a picture of ffmpeg's. */
function inFolder(make) {
  const folder = mkdtempSync(join(tmpdir(), "divar-heic-"));
  const run = (program, ...args) => execFileSync(program, args, { cwd: folder, stdio: "pipe" });
  const read = (name) => readFileSync(join(folder, name));
  const encode = (name, source, format, ...args) => {
    const png = `source-${name}.png`;
    const frame = ["-frames:v", "1", "-pix_fmt", format, png];
    run("ffmpeg", "-v", "error", "-nostdin", "-f", "lavfi", "-i", source, ...frame);
    run("heif-enc", ...args, png, "-o", `${name}.heic`);
    return read(`${name}.heic`);
  };
  try {
    return make({ folder, run, read, encode });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @returns {Buffer} a HEIC of 1000 × 750 pixels */
export const makePhoto = () =>
  inFolder(({ encode }) => encode("photo", photo("1000x750"), "rgb24", "-q", "80"));

/** @returns {Record<string, Buffer>} by name */
export const makeHeics = () =>
  inFolder(({ folder, run, read, encode }) => {
    const tiles = [0, 1, 2, 3, 4, 5].map((hue) =>
      encode(`tile-${hue}`, `${photo("512x512")},hue=h=${hue * 60}`, "rgb24"),
    );
    const disc =
      "format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='255*lt(hypot(X-200,Y-150),120)'";
    const frame = ["-f", "lavfi", "-i", photo("512x512"), "-frames:v", "1", "-pix_fmt", "yuv420p"];
    run("ffmpeg", "-v", "error", "-nostdin", ...frame, "-c:v", "libx265", "unlabelled.mp4");
    const heics = {
      ...Object.fromEntries(
        readdirSync(SAMPLES).map((name) => [name, readFileSync(new URL(name, SAMPLES))]),
      ),
      "photo.heic": encode("photo", photo("1000x750"), "rgb24", "-q", "80"),
      "photo-odd.heic": encode("odd", photo("641x479"), "rgb24"),
      "photo-ten-bit.heic": encode("ten-bit", photo("640x480"), "rgb48be", "-b", "10"),
      "photo-full-chroma.heic": encode("full", photo("640x480"), "rgb24", "-p", "chroma=444"),
      "photo-half-chroma.heic": encode("half", photo("640x480"), "rgb24", "-p", "chroma=422"),
      "photo-transparent.heic": encode("disc", `${photo("400x300")},${disc}`, "rgba"),
      "photo-mirrored.heic": heif([tiles[1]], { ...TILE, properties: [mirrored(0)] }),
      "photo-cropped.heic": heif([tiles[2]], { ...TILE, properties: [cropped(300, 200)] }),
      "photo-grid.heic": heif(tiles, { ...TILE, columns: 3, properties: [rotated(1)] }),
      // Neither the file nor the HEVC stream says how the colours are coded.
      "photo-unlabelled.heic": heif([read("unlabelled.mp4")], TILE),
      // The size of a phone's photo.
      "large.heic": heif(Array(48).fill(tiles[0]), { ...TILE, columns: 8 }),
      "huge.heic": heif(Array(256).fill(tiles[0]), { ...TILE, columns: 16 }),
    };
    const references = COMPARED.map((name) => {
      writeFileSync(join(folder, `${name}.heic`), heics[`${name}.heic`]);
      run("heif-convert", `${name}.heic`, `${name}.png`);
      return [`${name}.png`, read(`${name}.png`)];
    });
    return {
      ...heics,
      ...Object.fromEntries(references),
      "broken.heic": withBrokenData(heics["photo.heic"]),
    };
  });

/** A HEIC with valid boxes and a damaged picture. */
function withBrokenData(heic) {
  const broken = Buffer.from(heic);
  return broken.fill(0xff, broken.indexOf("mdat") + 4);
}
