// libjpeg's decoder, which is not ours.
import { run } from "./run.js";

/** A JPEG's pixels. The decoder must find nothing to warn of. */
export function pixelsOf(path) {
  const { stdout, stderr } = run("djpeg", ["-pnm", "-strict", path]);
  if (stderr) throw new Error(`djpeg about ${path}: ${stderr}`);
  return stdout;
}
