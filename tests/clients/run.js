// Other people's programs, run against a space of the emulator of their own.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const folder = mkdtempSync(join(tmpdir(), "divar-clients-"));
export const removeFiles = () => rmSync(folder, { recursive: true });

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
