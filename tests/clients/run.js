// Other people's programs, run against a space of the emulator of their own.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { spaceOf } from "../storm/space.js";

const { DIVAR_EMULATOR_URL: url, DIVAR_EMULATOR_KEY: key } = process.env;
if (!url || !key) throw new Error('run these tests by "cargo xtask test clients"');

const folder = mkdtempSync(join(tmpdir(), "divar-clients-"));
export const removeFiles = () => rmSync(folder, { recursive: true });

/** A space of the emulator that no other test shares. */
export const freshSpace = () => spaceOf({ url, key }, crypto.randomUUID());

/** Where `file` lies for a program to read. */
export function pathOf({ name, bytes }) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** What `program` prints. Whatever proxy this machine has, loopback needs none. */
export async function run(program, ...args) {
  const env = { ...process.env, NO_PROXY: "*", no_proxy: "*" };
  const { stdout } = await promisify(execFile)(program, args, { env, timeout: 60_000 });
  return stdout;
}
