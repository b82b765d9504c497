// A video of any size, by ffmpeg.
import { encode } from "./movies.js";

/** A video of about this many megabytes: noise, which does not compress, with the index at the end. */
export function noise(megabytes) {
  const source = "color=gray:size=320x240:rate=10,noise=alls=100:allf=t";
  const codec = ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "0", "-pix_fmt", "yuv420p"];
  const place = ["-metadata", "location=+35.6892+051.3890/"];
  const frames = String(Math.floor(megabytes * FRAMES_PER_MB));
  return encode("video.mp4", "-f", "lavfi", "-i", source, ...codec, ...place, "-frames:v", frames);
}

const FRAMES_PER_MB = 6;
