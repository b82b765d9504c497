// Makes sound and videos for the tests with ffmpeg.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const lavfi = (graph) => ["-f", "lavfi", "-i", graph];
const tone = (seconds, rest = "") => lavfi(`sine=frequency=440:duration=${seconds}${rest}`);
const pattern = (seconds, size = "640x360", rate = 30) =>
  lavfi(`testsrc2=duration=${seconds}:size=${size}:rate=${rate}`);
const H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];
const VP9 = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"];
const HEVC = [
  "-c:v",
  "libx265",
  "-preset",
  "ultrafast",
  "-x265-params",
  "log-level=none",
  "-tag:v",
  "hvc1",
];
const SMALL = "320x180";
const VP8 = ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M"];
const PRIVATE = [
  "-metadata",
  "title=at home",
  "-metadata",
  "artist=Sara",
  "-metadata",
  "location=+35.7+51.4/",
];
const SURROUND =
  "aevalsrc='sin(2700*t)/9|sin(3400*t)/9|sin(4100*t)/9|0|sin(4800*t)/9|sin(5500*t)/9':c=5.1:d=3";

/** When the picture turns white and the sound begins, in seconds. */
export const CUE = 1.5;
const CUED = [
  ...lavfi(`color=black:s=320x240:r=30:d=4,drawbox=color=white:t=fill:enable='gte(t,${CUE})'`),
  ...lavfi(`aevalsrc='if(gte(t,${CUE}),0.5*sin(1000*2*PI*t),0)':d=4`),
];

/** Sound and pictures of which an encoder uses all of its rate. */
const noise = (seconds, sampleRate, channels) => [
  ...lavfi(`anoisesrc=d=${seconds}:r=${sampleRate}:color=pink:seed=1`),
  ...["-ac", `${channels}`],
];
const noisyPattern = (seconds, size) =>
  lavfi(`testsrc2=duration=${seconds}:size=${size}:rate=30,noise=alls=20:allf=t:all_seed=1`);
/** As phones record: pictures of 17 Mbit/s with stereo sound. */
const PHONE = [...H264, "-b:v", "17M", "-c:a", "aac", "-b:a", "192k"];

/** ffmpeg's arguments by file name. */
const RECORDINGS = {
  "tone.wav": [...tone(3), ...PRIVATE],
  "tone.ogg": [...tone(3), "-c:a", "libopus", ...PRIVATE],
  "tone.mp3": [...tone(3), ...PRIVATE],
  "tone.flac": [...tone(3), ...PRIVATE],
  "tone.aac": [...tone(3), "-f", "adts"],
  "tone.webm": [...tone(3), "-c:a", "libopus"],
  "tone-stereo.mp3": [...tone(3), "-ac", "2"],
  "tone-surround.wav": lavfi(SURROUND),
  "tone-8000.wav": [...tone(3), "-ar", "8000"],
  "long.m4a": [...tone(120), "-c:a", "aac", "-b:a", "128k"],
  "pattern.webm": [...pattern(3), ...tone(3), ...VP8, "-c:a", "libopus"],
  "pattern-vp9.webm": [...pattern(2), ...VP9],
  "pattern.mp4": [...pattern(3), ...tone(3), ...H264, "-c:a", "aac"],
  "pattern.mkv": [...pattern(3), ...tone(3), ...H264, "-c:a", "aac", ...PRIVATE],
  "silent.webm": [...pattern(3), ...VP8],
  "surround.mkv": [...pattern(3), ...lavfi(SURROUND), ...H264, "-c:a", "aac"],
  "sixty.webm": [...pattern(3, "640x360", 60), ...VP8],
  "mpeg4.mp4": [...pattern(1, SMALL), ...tone(1), "-c:v", "mpeg4", "-c:a", "aac", ...PRIVATE],
  "hevc.mp4": [...pattern(1, SMALL), ...HEVC, ...PRIVATE],
  "hevc.mkv": [...pattern(1, SMALL), ...HEVC],
  "prores.mov": [...pattern(1, SMALL), "-c:v", "prores_ks"],
  "ac3.mkv": [...pattern(1, SMALL), ...tone(1), ...H264, "-c:a", "ac3"],
  "ac3.mp4": [...pattern(1, SMALL), ...tone(1), ...H264, "-c:a", "ac3", ...PRIVATE],
  "sound.3gp": [...tone(2), "-c:a", "aac", ...PRIVATE],
  "video.avi": [...pattern(1, SMALL), ...tone(1), "-c:v", "mpeg4", "-c:a", "mp3"],
  "video.ts": [...pattern(1, SMALL), ...tone(1), ...H264, "-c:a", "aac"],
  "deep.mp4": [...pattern(1, SMALL), ...H264, "-pix_fmt", "yuv420p10le"],
  "deep.webm": [...pattern(1, SMALL), ...VP9, "-pix_fmt", "yuv420p10le"],
  "cue.webm": [...CUED, ...VP8, "-c:a", "libopus"],
  "noise-stereo.mp3": [...noise(60, 48_000, 2), "-b:a", "320k"],
  "noise-22050.mp3": [...noise(10, 22_050, 1), "-b:a", "24k"],
  "noise-8000.mp3": [...noise(10, 8_000, 1), "-b:a", "8k"],
  "phone.mp4": [...noisyPattern(4, "1920x1080"), ...noise(4, 48_000, 2), ...PHONE],
  "phone-portrait.mp4": [...noisyPattern(1, "1080x1920"), ...noise(1, 48_000, 2), ...PHONE],
  "pattern-30.mp4": [...pattern(3), ...H264, "-b:v", "10M"],
  "pattern-60.mp4": [...pattern(3, "640x360", 60), ...H264, "-b:v", "10M"],
  "odd.webm": [...noisyPattern(1, "271x481"), ...VP8],
  "still.webm": [...lavfi("smptebars=size=1280x720:rate=30:duration=4"), ...VP8],
  // Every third frame is left out in the first half, and every frame but each sixth in the second.
  "varying.mkv": [
    ...pattern(4),
    ...["-vf", "select='if(lt(t,2),mod(n,3),not(mod(n,6)))'", "-fps_mode", "vfr", "-c:v", "libvpx"],
  ],
};

/** @returns {Record<string, Buffer>} recordings by their names */
export function makeRecordings(names) {
  const folder = mkdtempSync(join(tmpdir(), "recordings-"));
  try {
    const made = names.map((name) => {
      if (name === "rotated.mov") return [name, makeRotated(folder)];
      return [name, make(folder, name, RECORDINGS[name])];
    });
    return Object.fromEntries(made);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const LARGE_SECONDS = 20;

/** Writes a video of 1080p and 300 MB. A constant rate fills it, so that it is made quickly. */
export function makeLargeVideo(path) {
  const rate = ["-b:v", "120M", "-minrate", "120M", "-maxrate", "120M", "-bufsize", "120M"];
  const video = [...pattern(LARGE_SECONDS, "1920x1080"), ...tone(LARGE_SECONDS), ...H264, ...rate];
  ffmpeg(...video, "-x264-params", "nal-hrd=cbr", "-c:a", "aac", path);
}

/** @returns {Record<string, Buffer>} minutes of silence, of which one is encoded and repeated */
export function makeSilence(minutes) {
  const folder = mkdtempSync(join(tmpdir(), "recordings-"));
  const silent = (rate, seconds) => [...lavfi(`anullsrc=r=${rate}:cl=mono`), "-t", `${seconds}`];
  const opus = ["-c:a", "libopus", "-b:a", "6k", "-dtx", "1", "-application", "voip"];
  try {
    const minute = join(folder, "minute.ogg");
    ffmpeg(...silent(16_000, 60), ...opus, minute);
    const repeated = ["-stream_loop", `${minutes - 1}`, "-i", minute, "-c", "copy"];
    return {
      "silence.ogg": make(folder, "silence.ogg", repeated),
      "silence.wav": make(folder, "silence.wav", silent(8_000, minutes * 60)),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A MOV whose track is rotated by 90 degrees. */
function makeRotated(folder) {
  make(folder, "upright.mov", [...pattern(2), ...tone(2), ...H264, "-b:v", "4M", "-c:a", "aac"]);
  const turned = ["-i", join(folder, "upright.mov"), "-c", "copy", "-metadata:s:v", "rotate=90"];
  return make(folder, "rotated.mov", turned);
}

function make(folder, name, args) {
  const path = join(folder, name);
  ffmpeg(...args, path);
  return readFileSync(path);
}

const ffmpeg = (...args) =>
  execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-y", ...args], { maxBuffer: 2 ** 28 });

/** Writes the content to a temporary file and calls `use` with its path. */
export function withFile(content, use) {
  const folder = mkdtempSync(join(tmpdir(), "recording-"));
  try {
    const path = join(folder, "file");
    writeFileSync(path, content);
    return use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** ffprobe's description: streams by kind, duration in seconds, container. */
export function probe(content) {
  return withFile(content, (path) => {
    const shown = ["-show_streams", "-show_format", "-of", "json"];
    const json = execFileSync("ffprobe", ["-v", "error", ...shown, path], { encoding: "utf8" });
    const { streams, format } = JSON.parse(json);
    const of = (kind) => streams.filter(({ codec_type }) => codec_type === kind);
    return {
      audio: of("audio"),
      video: of("video"),
      seconds: Number(format.duration),
      container: format.format_name,
    };
  });
}

/** The presentation times of the frames, in seconds, in order. */
export function frameTimes(content) {
  return withFile(content, (path) => {
    const shown = ["-select_streams", "v", "-show_entries", "packet=pts_time", "-of", "csv=p=0"];
    const lines = execFileSync("ffprobe", ["-v", "error", ...shown, path], { encoding: "utf8" });
    const times = lines
      .trim()
      .split("\n")
      .map((line) => Number.parseFloat(line));
    return times.sort((one, other) => one - other);
  });
}

/** A hash of all decoded frames. */
export const framesHash = (content) => hash(content, "-map", "0:v", "-fps_mode", "passthrough");

/** A hash of all decoded samples of sound. */
export const soundHash = (content) => hash(content, "-map", "0:a");

function hash(content, ...selected) {
  return withFile(content, (path) => {
    const args = ["-v", "error", "-i", path, ...selected, "-f", "hash", "-"];
    return execFileSync("ffmpeg", args, { encoding: "utf8" });
  });
}

/** Decodes a file through ffmpeg's filters; returns what they print. */
export function filtered(content, ...args) {
  return withFile(content, (path) => {
    const all = `ffmpeg -nostdin -hide_banner -i '${path}' ${args.join(" ")} -f null - 2>&1`;
    return execFileSync("sh", ["-c", all], { encoding: "utf8", maxBuffer: 2 ** 26 });
  });
}

/** The pixels of a picture, or of a video's frame at a time in seconds, as ffmpeg decodes and scales them. */
export function pixels(content, width, height, seconds = 0) {
  return withFile(content, (path) => {
    const format = ["-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", "-"];
    const scale = ["-vf", `scale=${width}:${height}:flags=area`];
    const args = ["-v", "error", "-i", path, "-ss", `${seconds}`, ...scale, ...format];
    return execFileSync("ffmpeg", args, { maxBuffer: 2 ** 26 });
  });
}

/** What ffmpeg finds wrong in a file that it decodes. */
export function warnings(content) {
  return withFile(content, (path) => {
    const all = `ffmpeg -nostdin -v warning -i '${path}' -f null - 2>&1`;
    return execFileSync("sh", ["-c", all], { encoding: "utf8" });
  });
}

/** How similar the first seconds of two videos are, by ffmpeg's SSIM: 1 for the same. */
export function ssim(content, original, seconds = 60) {
  return withFile(original, (path) => {
    const graph = "[1:v]fps=30,scale=640:360[a];[0:v]fps=30,scale=640:360[b];[b][a]ssim";
    const written = filtered(content, "-i", `'${path}'`, "-lavfi", `'${graph}'`, "-t", seconds);
    return Number(/All:([\d.]+)/.exec(written)[1]);
  });
}

/** exiftool's listing of a file. */
export function exif(content) {
  return withFile(content, (path) =>
    execFileSync("exiftool", ["-G1", "-a", "-ee", path], { encoding: "utf8" }),
  );
}
