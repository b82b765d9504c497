// The emulator behind the demo.
import { openEmulator } from "../support/emulator.js";

export const emulator = openEmulator();

/** An environment variable that the task runner sets. */
export function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests by \`cargo xtask test demo\``);
  return value;
}
