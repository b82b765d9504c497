// Which module reads a file. A page starts with the module for pictures and documents, and loads the
// larger one for all files with the first movie or sound.
import { wasmUnavailable } from "../errors/wasm-errors.js";
import type { WasmLoader } from "../wasm/loader.js";
import { preparePictures } from "../wasm/prepare-pictures.js";
import { unreadable } from "./errors.js";
import { readBytes } from "./read.js";
import type { PrepareExports } from "./task.js";

/** Gives the module that reads a file of `size` bytes. */
export type ParsersFor = (
  file: Blob,
  size: number,
  signal: AbortSignal | undefined,
) => Promise<WasmLoader<PrepareExports>>;

/** As many bytes as `needsMovieParsers` asks for. */
const SIGNATURE_BYTES = 16;

/** The module for pages, Node, Deno and Bun. Rejects with `file_unreadable` or `wasm_unavailable`. */
export const parsersFor: ParsersFor = async (file, size, signal) => {
  const length = Math.min(size, SIGNATURE_BYTES);
  const head = await readBytes(() => file.slice(0, length), signal);
  if (head.length !== length) throw unreadable();
  const isMovie = await preparePictures.call("prepare", async ({ needsMovieParsers }) =>
    needsMovieParsers(head, size),
  );
  return isMovie ? loadAllParsers() : preparePictures;
};

async function loadAllParsers(): Promise<WasmLoader<PrepareExports>> {
  try {
    const { prepare } = await import("../wasm/prepare.js");
    return prepare;
  } catch (cause) {
    throw wasmUnavailable("prepare", cause);
  }
}
