// Other people's programs.
import { spawnSync } from "node:child_process";

/** What `program` prints, to both of its outputs. It must end well. */
export function run(program, args, input) {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    input,
    maxBuffer: 2 ** 30,
    timeout: 120_000,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}: ${stderr}`);
  return { stdout, stderr: stderr.toString() };
}
