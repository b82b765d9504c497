// What ffmpeg and ffprobe, which are not ours, read in a file.
import { run } from "./run.js";

const QUIET = ["-v", "error", "-nostdin"];

/** A hash of each decoded frame of a picture or film, with its time, size and format. */
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

/** A hash of each packet of the films and sounds as it is stored, with its times. */
export const packetsOf = (path) =>
  run("ffmpeg", [
    ...[...QUIET, "-copyts", "-i", path, "-map", "0:v?", "-map", "0:a?"],
    ...["-c", "copy", "-f", "framehash", "-"],
  ]).stdout.toString();

/** What ffprobe has to complain about. */
export const complaintsAbout = (path) =>
  run("ffprobe", ["-v", "error", "-show_packets", "-of", "compact", path]).stderr;

/** What ffprobe says of the file and of its tracks. */
export const probe = (path) =>
  JSON.parse(
    run("ffprobe", ["-v", "error", "-show_format", "-show_streams", "-of", "json", path]).stdout,
  );
