// Decodes JPEGs with libjpeg's djpeg, an independent decoder.
import { run } from "./run.js";

/** A JPEG's pixels. Throws if the decoder warns. */
export function pixelsOf(path) {
  const { stdout, stderr } = run("djpeg", ["-pnm", "-strict", path]);
  if (stderr) throw new Error(`djpeg about ${path}: ${stderr}`);
  return stdout;
}
