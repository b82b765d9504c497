// HEIC files of every kind that the tests need, and what libheif makes of them.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cropped, heif, mirrored, rotated } from "./heif-writer.js";

/** Those that the decoder's own tests read. */
const SAMPLES = new URL("../../heic/samples/", import.meta.url);

/** The names of the files that libheif judges. Each has a PNG by libheif of the same name. */
export const JUDGED = [
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
];

/** Those whose colours are not halved. */
const WITHOUT_INTERPOLATION = ["grey", "photo-full-chroma"];

/**
 * The mean difference from libheif that is allowed in each channel, in levels. Halved colours are
 * interpolated here, as most decoders do; Debian's libheif repeats them.
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
      // As large as a phone's photograph.
      "large.heic": heif(Array(48).fill(tiles[0]), { ...TILE, columns: 8 }),
      "huge.heic": heif(Array(256).fill(tiles[0]), { ...TILE, columns: 16 }),
    };
    const references = JUDGED.map((name) => {
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

/** A HEIC whose boxes are right and whose picture is not. */
function withBrokenData(heic) {
  const broken = Buffer.from(heic);
  return broken.fill(0xff, broken.indexOf("mdat") + 4);
}
