// A temporary folder for the tests' files.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "divar-media-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

let folders = 0;

/** A path for a file of that name, in a folder of its own. */
export function pathFor(name) {
  folders += 1;
  const own = join(folder, String(folders));
  mkdirSync(own);
  return join(own, name);
}

/** Writes a file and returns its path. */
export function save(name, bytes) {
  const path = pathFor(name);
  writeFileSync(path, bytes);
  return path;
}
