// A realm of its own for the package, as test runners make them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import vm from "node:vm";

const ROOT = dirname(createRequire(import.meta.url).resolve("divar-chat-media/package.json"));

/** What the package needs of every platform, except the text coding. */
export const PLATFORM = {
  AbortController,
  AbortSignal,
  Blob,
  DOMException,
  File,
  Headers,
  Request,
  Response,
  URL,
  clearTimeout,
  queueMicrotask,
  setTimeout,
};

/** What an entry exports in a realm of its own with these globals. */
export function inRealm(entry, globals) {
  const module = { exports: {} };
  const context = vm.createContext({ module, exports: module.exports, ...globals });
  vm.runInContext(readFileSync(join(ROOT, `dist/require/${entry}.js`), "utf8"), context);
  return module.exports;
}
