// A project's own commands, as its developer runs them.
import { execFile, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { emulatorAddress } from "../support/emulator.js";

const LIMIT_MS = 300_000;

const { url, key } = emulatorAddress();
const env = {
  ...process.env,
  DIVAR_API_KEY: key,
  DIVAR_OPEN_API_URL: url,
  NEXT_TELEMETRY_DISABLED: "1",
};
// `next build` wants to choose it.
delete env.NODE_ENV;

/** @param {string} name */
export const folderOf = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Builds a project; a failure has what the bundler said. */
export async function build(name) {
  const options = { cwd: folderOf(name), env, timeout: LIMIT_MS };
  try {
    await promisify(execFile)("npm", ["run", "build"], options);
  } catch (error) {
    throw new Error(`${name} does not build:\n${error.stdout}\n${error.stderr}`);
  }
}

/** Starts the built Next.js project on a free port. */
export async function startNext() {
  const next = fileURLToPath(import.meta.resolve("next/dist/bin/next"));
  const options = { cwd: folderOf("next"), env, stdio: ["ignore", "pipe", "inherit"] };
  const arguments_ = [next, "start", "--hostname", "127.0.0.1", "--port", "0"];
  const child = spawn(process.execPath, arguments_, options);
  const url = await addressIn(child.stdout).catch((error) => {
    child.kill();
    throw error;
  });
  return { url, close: () => child.kill() };
}

/** The address that a server prints when it is ready. */
async function addressIn(output) {
  const signal = AbortSignal.timeout(60_000);
  for await (const line of createInterface({ input: output, signal })) {
    const address = /Local:\s+(http:\S+)/.exec(line);
    if (address) {
      output.resume();
      return address[1];
    }
  }
  throw new Error("Next.js did not say where it listens");
}
