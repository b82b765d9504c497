// The picture of the tests' files: details, smooth areas and noise.
import { run } from "../run.js";

const CACHE = new Map();

/** The picture, encoded by ffmpeg with `options`. */
export function picture(options, size = "160x120") {
  const name = [size, ...options].join(" ");
  const source = `testsrc2=size=${size}:rate=1,noise=alls=12:all_seed=1`;
  if (!CACHE.has(name)) {
    const args = ["-v", "error", "-f", "lavfi", "-i", source, "-frames:v", "1", ...options, "-"];
    CACHE.set(name, run("ffmpeg", args).stdout);
  }
  return CACHE.get(name);
}

export const ppm = () => picture(["-f", "image2pipe", "-c:v", "ppm"]);
