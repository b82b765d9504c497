// What a page downloads, bundled as its own bundler and compressed as its server would.
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { loadedAtOnce } from "../../tests/support/metafile.js";
import { table } from "../harness/report.js";

/**
 * Something that a page can import.
 *
 * @typedef {object} Import
 * @property {string} what
 * @property {string} source the page's own line
 * @property {number} [budget] the most bytes that this package may have after brotli: a little above the
 *   size that was reached, and lowered with it
 * @property {string} [column] the column that it has in the summary of the benchmark's report
 * @property {boolean} [withReqwest] whether it is built for `--with-reqwest` alone
 *
 * @typedef {Import & { bundled: number, minified: number, compressed: number }} Size in bytes
 */

const FOLDER = fileURLToPath(new URL(".", import.meta.url));

/**
 * Bundles a page that has this line.
 *
 * @param {string} source
 * @param {import("esbuild").BuildOptions} [options]
 * @returns {Promise<{ files: Uint8Array[], metafile: import("esbuild").Metafile }>} with the files that the
 *   page loads at once
 */
export async function bundle(source, options) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: FOLDER },
    outdir: "out",
    bundle: true,
    splitting: true,
    format: "esm",
    charset: "utf8",
    metafile: true,
    write: false,
    logLevel: "warning",
    ...options,
  });
  const loaded = loadedAtOnce(metafile.outputs, "out/stdin.js");
  const files = outputFiles.filter(({ path }) => loaded.has(relative("", path)));
  return { files: files.map(({ contents }) => contents), metafile };
}

const bytesOf = (files) => files.reduce((bytes, { length }) => bytes + length, 0);

/**
 * @param {Import} row
 * @returns {Promise<Size>}
 */
export async function measure(row) {
  const bundled = await bundle(row.source);
  const minified = await bundle(row.source, { minify: true });
  return {
    ...row,
    bundled: bytesOf(bundled.files),
    minified: bytesOf(minified.files),
    // The highest quality, which is zlib's default.
    compressed: bytesOf(minified.files.map((file) => brotliCompressSync(file))),
  };
}

const grouped = (number) => number?.toLocaleString("en-US") ?? "";

/** @param {Size[]} sizes */
export function sizesTable(sizes) {
  const rows = sizes.map(({ what, bundled, minified, compressed, budget }) => [
    what,
    ...[bundled, minified, compressed, budget].map(grouped),
  ]);
  return table(["imported", ">bundled", ">minified", ">after brotli -11", ">budget"], rows);
}

/**
 * What is larger than its budget, in words.
 *
 * @param {Size[]} sizes
 */
export const overBudget = (sizes) =>
  sizes
    .filter(({ compressed, budget }) => compressed > budget)
    .map(({ what, compressed, budget }) => {
      return `${what} has ${grouped(compressed)} bytes after brotli and a budget of ${grouped(budget)}`;
    });
