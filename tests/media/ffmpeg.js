// Decodes and describes files with ffmpeg and ffprobe, independent parsers.
import { run } from "./run.js";

const QUIET = ["-v", "error", "-nostdin"];

/** A hash of each decoded frame of a picture or video, with its time, size and format. */
export const framesOf = (path) =>
  run("ffmpeg", [
    ...QUIET,
    "-i",
    path,
    "-map",
    "0:v?",
    "-map",
    "0:a?",
    "-f",
    "framehash",
    "-",
  ]).stdout.toString();

/** A hash of each video and audio packet as stored, with its times. */
export const packetsOf = (path) =>
  run("ffmpeg", [
    ...[...QUIET, "-copyts", "-i", path, "-map", "0:v?", "-map", "0:a?"],
    ...["-c", "copy", "-f", "framehash", "-"],
  ]).stdout.toString();

/** ffprobe's errors and warnings. */
export const errorsIn = (path) =>
  run("ffprobe", ["-v", "error", "-show_packets", "-of", "compact", path]).stderr;

/** ffprobe's description of the file and its tracks. */
export const probe = (path) =>
  JSON.parse(
    run("ffprobe", ["-v", "error", "-show_format", "-show_streams", "-of", "json", path]).stdout,
  );
