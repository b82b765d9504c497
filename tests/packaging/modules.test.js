// The WebAssembly modules of the packed package, and whether the oldest browser takes them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch92 } from "../support/chromium-92.js";

const folder = mkdtempSync(join(tmpdir(), "divar-modules-"));
/** The modules by path: those in files, and those embedded as text, of which the bundles for `require` are made. */
const modules = new Map();
let chromium;
let page;

before(async () => {
  execFileSync("tar", ["-xzf", process.env.DIVAR_TARBALL, "-C", folder]);
  const wasm = join(folder, "package/wasm");
  for (const path of readdirSync(wasm, { recursive: true })) {
    const file = join(wasm, path);
    if (path.endsWith(".wasm")) modules.set(path, readFileSync(file));
    if (path.endsWith("text.js")) modules.set(path, await embedded(file));
  }
  chromium = await launch92();
  page = await chromium.browser.newPage();
});

after(async () => {
  await chromium?.close();
  rmSync(folder, { recursive: true });
});

async function embedded(file) {
  const { default: text } = await import(pathToFileURL(file));
  return Buffer.from(text, "latin1");
}

/** Why Chromium 92 refuses a module, or `undefined`. */
const refusal = (module) =>
  page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    try {
      await WebAssembly.compile(bytes);
    } catch (error) {
      return error.message;
    }
  }, Buffer.from(module).toString("base64"));

test("Chromium 92 compiles every module", async () => {
  assert.equal(modules.size, 7);
  const refused = {};
  for (const [path, module] of modules) {
    const reason = await refusal(module);
    if (reason) refused[path] = reason;
  }
  assert.deepEqual(refused, {});
});

const HEAD = [...Buffer.from("\0asm"), 1, 0, 0, 0];
const FUNCTION = [1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0];
const TABLE = [4, 4, 1, 0x70, 0, 1];
/** `(i32.const 0) (call_indirect)` of the table that these bytes number. */
const calling = (...table) => {
  const body = [0, 0x41, 0, 0x11, 0, ...table, 0x0b];
  return [...HEAD, ...FUNCTION, ...TABLE, 10, body.length + 2, 1, body.length, ...body];
};
const NEWER = {
  "(table 1 externref)": [...HEAD, 4, 4, 1, 0x6f, 0, 1],
  // What LLVM writes once it may use reference types.
  "a table's number in two bytes": calling(0x80, 0),
  "(func return_call 0)": [...HEAD, ...FUNCTION, 10, 6, 1, 4, 0, 0x12, 0, 0x0b],
};

test("Chromium 92 refuses what came later", async () => {
  assert.equal(await refusal(calling(0)), undefined);
  for (const [what, module] of Object.entries(NEWER)) {
    assert.ok(WebAssembly.validate(Uint8Array.from(module)), `${what} is no module`);
    assert.ok(await refusal(module), what);
  }
});

test("a module's text has the bytes of its file", () => {
  const files = [...modules.keys()].filter((path) => path.endsWith(".wasm"));
  assert.equal(files.length, 2);
  for (const path of files) {
    const text = path.replace(/[^/]+$/, "text.js");
    assert.ok(modules.get(text).equals(modules.get(path)), text);
    // All that the text has to escape occurs.
    const bytes = modules.get(path).toString("latin1");
    for (const escaped of [/"/, /\\/, /\n/, /\r/, /\0\d/, /\0\D/]) assert.match(bytes, escaped);
  }
});
