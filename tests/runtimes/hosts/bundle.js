// What a bundler makes of a script in the folder of the installed package.
import { basename } from "node:path";
import { build } from "esbuild";

/**
 * @param {string} folder where the package is installed
 * @param {string} script the script's path in it
 * @param {import("esbuild").BuildOptions} options
 * @returns {Promise<Record<string, Uint8Array>>} the files, by their names
 */
export async function bundle(folder, script, options) {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: [script],
    outdir: "out",
    bundle: true,
    write: false,
    logLevel: "warning",
    // A plain script knows no address of its own; the package then does without a worker.
    logOverride: { "empty-import-meta": "silent" },
    ...options,
  });
  return Object.fromEntries(outputFiles.map(({ path, contents }) => [basename(path), contents]));
}
