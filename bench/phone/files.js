// What a phone produces: photographs in HEIC, made by libheif, and a minute of video, made by ffmpeg.
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { makePhotos } from "../prepare/photos.js";

/** An iPhone's photograph of twelve megapixels takes 1 to 4 MB. */
const MOST = 5_000_000;
const QUALITY = "45";

/** Ten photographs of twelve megapixels in HEIC. */
export function makeHeics(folder) {
  const { paths } = makePhotos(folder);
  const heics = paths.map((path) => {
    const heic = path.replace(/\.jpg$/, ".heic");
    // The preset changes the time that encoding takes, and little of what decoding does.
    run("heif-enc", "-q", QUALITY, "-p", "preset=ultrafast", path, "-o", heic);
    return heic;
  });
  const sizes = heics.map((path) => statSync(path).size);
  if (Math.max(...sizes) > MOST) throw new Error(`a photograph has ${Math.max(...sizes)} bytes`);
  return { paths: heics, bytes: sizes.reduce((sum, size) => sum + size) };
}

/** A minute in 1080p at 17 Mbit/s with sound, as an iPhone records it. */
export function makeVideo(folder) {
  const path = join(folder, "IMG_1.mp4");
  const scene = "testsrc2=size=1920x1080:rate=30,noise=alls=20:allf=t";
  const input = ["-f", "lavfi", "-i", scene, "-f", "lavfi", "-i", "sine=frequency=440"];
  const video = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];
  const rate = ["-b:v", "17M", "-maxrate", "17M", "-bufsize", "17M"];
  const sound = ["-c:a", "aac", "-ac", "2", "-b:a", "96k"];
  run("ffmpeg", "-v", "error", ...input, "-t", "60", ...video, ...rate, ...sound, path);
  return { paths: [path], bytes: statSync(path).size };
}

const run = (program, ...args) =>
  execFileSync(program, args, { stdio: ["ignore", "pipe", "inherit"] });
