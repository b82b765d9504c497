// Bundles the entry `divar-chat-media/convert` for a page.
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** @returns {Promise<Record<string, Uint8Array>>} the scripts by name; the entry is `convert.js` */
export async function bundleConvert() {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { convertMedia } from "divar-chat-media/convert";`,
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    ...{ bundle: true, splitting: true, format: "esm", write: false, outdir: "scripts" },
    entryNames: "convert",
  });
  return Object.fromEntries(outputFiles.map(({ path, contents }) => [basename(path), contents]));
}
