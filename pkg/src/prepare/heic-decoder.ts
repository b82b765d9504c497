// Decodes HEIC pictures in this thread. The module is in this file: only a HEIC that the browser does not
// decode makes a page load it.
import { createGlue } from "../../wasm/heic/glue.js";
import text from "../../wasm/heic/text.js";
import { WasmInstance } from "../wasm/instance.js";
import { latin1Bytes } from "../wasm/latin1.js";
import { textCoding } from "../wasm/text-coding.js";
import { contextOf, createCanvas } from "./canvas.js";
import { type PrepareErrorCode, prepareError } from "./errors.js";
import { readBytes } from "./read.js";
import { type DecodedPicture, type Redraw, redrawBy } from "./redraw.js";

/**
 * The most pixels of a HEIC, which takes up to 14 bytes each while it is decoded. Phones make up to 50
 * million.
 */
const MAX_PIXELS = 64_000_000;
/** The largest HEIC, in bytes: it is copied into the module's memory. */
const MAX_BYTES = 64_000_000;
/** How many rows of pixels are copied out of the module's memory at a time. */
const ROWS = 256;

/** What the module exports, as wasm-bindgen's glue offers it. */
interface HeicExports {
  /** @throws {HeicFailure} */
  decodeHeic(bytes: Uint8Array, maxPixels: number): HeicPicture;
}

/** A decoded picture in the module's memory. */
interface HeicPicture {
  readonly width: number;
  readonly height: number;
  readonly isOpaque: boolean;
  rows(first: number, count: number): Uint8Array<ArrayBuffer>;
}

/** Why the module does not decode a picture. */
interface HeicFailure {
  readonly code: PrepareErrorCode;
  readonly message: string;
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** The same as `redraw` of redraw.ts, for a HEIC in any browser. */
export const redrawHeic: Redraw = (...args) => redrawBy(decodeHeic, ...args);

async function decodeHeic(blob: Blob): Promise<DecodedPicture> {
  if (blob.size > MAX_BYTES) {
    throw prepareError("file_too_large", `the HEIC has ${blob.size} bytes`);
  }
  const bytes = await readBytes(() => blob, undefined);
  // The memory of an instance never shrinks: each picture gets an instance of its own.
  const instance = await instantiate();
  try {
    return instance.runNow("prepare", ({ decodeHeic }) => toCanvas(decode(decodeHeic, bytes)));
  } catch (cause) {
    if (!instance.isDead) throw cause;
    throw prepareError("cannot_convert", "the decoder for HEIC has failed", cause);
  }
}

async function instantiate(): Promise<WasmInstance<HeicExports>> {
  compiled ??= WebAssembly.compile(latin1Bytes(text));
  const instance = new WasmInstance<HeicExports>(createGlue(textCoding()));
  instance.connect(await WebAssembly.instantiate(await compiled, instance.imports));
  return instance;
}

function decode(decodeHeic: HeicExports["decodeHeic"], bytes: Uint8Array): HeicPicture {
  try {
    return decodeHeic(bytes, MAX_PIXELS);
  } catch (failure) {
    const { code, message } = failure as HeicFailure;
    throw prepareError(code, `the HEIC could not be decoded: ${message}`);
  }
}

function toCanvas(picture: HeicPicture): DecodedPicture {
  const { width, height, isOpaque } = picture;
  const canvas = createCanvas(width, height);
  const context = contextOf(canvas);
  for (let y = 0; y < height; y += ROWS) {
    const rows = picture.rows(y, Math.min(ROWS, height - y));
    const pixels = new Uint8ClampedArray(rows.buffer, rows.byteOffset, rows.length);
    context.putImageData(new ImageData(pixels, width), 0, y);
  }
  return { pixels: canvas, isOpaque };
}
