// Runs command-line programs.
import { spawnSync } from "node:child_process";

/** Runs `program`; returns its stdout and stderr. Throws unless it exits with 0. */
export function run(program, args, input) {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    input,
    maxBuffer: 2 ** 30,
    timeout: 120_000,
  });
  if (error) throw error;
  if (status !== 0)
    throw new Error(`${program} ${args.join(" ")} exited with ${status}: ${stderr}`);
  return { stdout, stderr: stderr.toString() };
}
