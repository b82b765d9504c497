// The edge runtime of Next.js and Vercel, whose bundlers compile what is
// imported as `….wasm?module` and hand it in.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { EdgeVM } from "@edge-runtime/vm";
import { bundle } from "./bundle.js";

const { version } = createRequire(import.meta.url)("@edge-runtime/vm/package.json");

export const edgeLight = () => ({ label: `Edge Runtime ${version} (edge-light)`, start });

async function start({ folder, collector }) {
  const modules = {};
  const files = await bundle(folder, "inside/edge-light.js", {
    format: "iife",
    conditions: ["edge-light"],
    plugins: [compiling(modules)],
  });
  const vm = new EdgeVM({
    extend: (context) => Object.assign(context, modules),
    initialCode: new TextDecoder().decode(files["edge-light.js"]),
  });
  return { ended: vm.evaluate(`run(${JSON.stringify(collector.url)})`), stop: () => {} };
}

/** As Next.js does: each compiled module is a global, and its import reads that. */
let count = 0;
const compiling = (modules) => ({
  name: "compiled modules",
  setup(build) {
    build.onResolve({ filter: /\.wasm\?module$/ }, ({ path, importer }) => ({
      path: join(dirname(importer), path.replace("?module", "")),
      namespace: "compiled",
    }));
    build.onLoad({ filter: /./, namespace: "compiled" }, async ({ path }) => {
      const name = `wasmModule${++count}`;
      modules[name] = await WebAssembly.compile(await readFile(path));
      return { contents: `export default globalThis.${name}` };
    });
  },
});
