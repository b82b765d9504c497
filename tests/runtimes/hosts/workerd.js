// workerd: the module comes as a compiled one, as a deployed Worker gets it.
import { createRequire } from "node:module";
import { Miniflare } from "miniflare";
import { names } from "../cases.js";
import { bundle } from "./bundle.js";

const { version } = createRequire(import.meta.url)("workerd/package.json");

export const workerd = () => ({ label: `workerd ${version}`, start });

async function start({ folder, collector }) {
  const files = await bundle(folder, "inside/workerd.js", {
    format: "esm",
    conditions: ["workerd"],
    loader: { ".wasm": "copy" },
  });
  const modules = Object.entries(files).map(([path, contents]) => {
    const type = path.endsWith(".wasm") ? "wasm" : "esm";
    return [path, { type, contents }];
  });
  const manifest = { mainModule: "workerd.js", modules: Object.fromEntries(modules) };
  const config = { name: "cases", compatibilityDate: "2026-01-01", manifest };
  // `cf` would be asked of Cloudflare, and the registry is for workers that call each other.
  const options = { workers: [{ config }], cf: false, enableDevRegistry: false };
  const worker = new Miniflare(options);
  return { ended: each(worker, collector.url), stop: () => worker.dispose() };
}

/** All at once: their requests meet in one isolate, from the module's start on. */
function each(worker, collector) {
  const run = async (name) => {
    const body = JSON.stringify({ name, collector });
    const answer = await worker.dispatchFetch("http://worker/", { method: "POST", body });
    if (!answer.ok) console.log(`thrown in workerd: ${await answer.text()}`);
  };
  return Promise.all(names.map(run));
}
