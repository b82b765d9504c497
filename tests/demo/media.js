// Makes files of every type that the demo sends: JPEG, PNG, M4A, MP4 (H.264 and AAC) and PDF.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "../support/sha256.js";
import { browser } from "./browser.js";

export const PICTURE = { width: 640, height: 480 };
export const SECONDS = 2;

const MIMES = {
  ".jpg": "image/jpeg",
  ".png": "image/png",
  ".m4a": "audio/mp4",
  ".mp4": "video/mp4",
  ".ogg": "audio/ogg",
  ".webm": "video/webm",
  ".pdf": "application/pdf",
};
const folder = mkdtempSync(join(tmpdir(), "divar-demo-media-"));
const sky = "gradients=nb_colors=4:c0=0x264653:c1=0x2a9d8f:c2=0xe9c46a:c3=0xe76f51:seed=5";
const picture = ["-f", "lavfi", "-i", `${sky}:size=${PICTURE.width}x${PICTURE.height}`];
/** Over 1 MB, the size from which a picture is redrawn. */
const noise = ["-f", "lavfi", "-i", "mandelbrot=size=3000x2250,noise=alls=12"];
const moving = ["-f", "lavfi", "-i", `${sky}:size=320x240:rate=15:duration=${SECONDS}`];
const tone = ["-f", "lavfi", "-i", `sine=frequency=440:duration=${SECONDS}`];
const codecs = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"];

/** Files with path, name, media type, size in bytes and hash. */
export const media = {
  jpeg: await ffmpeg("عکس خانه.jpg", "image", ...picture, "-frames:v", "1"),
  png: await ffmpeg("plan.png", "image", ...picture, "-frames:v", "1"),
  large: await ffmpeg("عکس بزرگ.jpg", "image", ...noise, "-frames:v", "1", "-q:v", "2"),
  commented: await commented("عکس گویا.jpg"),
  m4a: await ffmpeg("پیام صوتی.m4a", "voice", ...tone, "-c:a", "aac"),
  mp4: await ffmpeg("بازدید 1.mp4", "video", ...moving, ...tone, ...codecs),
  pdf: await printPdf("قرارداد «اجاره».pdf"),
};

/** A constant bit rate, so that the file exceeds the limit of a video. */
const heavy = ["-b:v", "220M", "-minrate", "220M", "-maxrate", "220M", "-bufsize", "220M"];
const constant = ["-preset", "ultrafast", ...heavy, "-x264-params", "nal-hrd=cbr"];
const wide = ["-f", "lavfi", "-i", `${sky}:size=1920x1080:rate=30:duration=${SECONDS}`];

const opened = ["-c:v", "libvpx", "-pix_fmt", "yuv420p", "-c:a", "libopus"];

/** Files that Divar does not accept: sound and video of other formats, and a video that is too large. */
export const unaccepted = {
  ogg: await ffmpeg("از پیام‌رسان.ogg", "voice", ...tone, "-c:a", "libopus"),
  webm: await ffmpeg("ضبط صفحه.webm", "video", ...moving, ...tone, ...opened),
  large: await ffmpeg("بازدید کامل.mp4", "video", ...wide, ...tone, ...codecs, ...constant),
};

export function removeMedia() {
  rmSync(folder, { recursive: true });
}

/** A JPEG with a comment segment, such as a camera's owner name: FF FE, its length, its text. */
async function commented(name) {
  const path = join(folder, name);
  const text = Buffer.from("خانهٔ من");
  const head = Buffer.from([0xff, 0xfe, 0, text.length + 2]);
  const plain = readFileSync(
    (await ffmpeg("plain.jpg", "image", ...picture, "-frames:v", "1")).path,
  );
  writeFileSync(path, Buffer.concat([plain.subarray(0, 2), head, text, plain.subarray(2)]));
  return describe(path, name, "image");
}

/** A file in the form that Playwright and `transfer` take. */
export const asFile = ({ path, name, mime }) => ({
  name,
  mimeType: mime,
  buffer: readFileSync(path),
});

function ffmpeg(name, type, ...args) {
  const path = join(folder, name);
  execFileSync("ffmpeg", ["-v", "error", "-nostdin", ...args, path]);
  return describe(path, name, type);
}

async function printPdf(name) {
  const path = join(folder, name);
  const page = await browser.newPage();
  await page.setContent('<h1 lang="fa" dir="rtl">قرارداد اجاره</h1>');
  await page.pdf({ path });
  await page.close();
  return describe(path, name, "file");
}

async function describe(path, name, type) {
  const bytes = readFileSync(path);
  const mime = MIMES[name.slice(name.lastIndexOf("."))];
  return { path, name, type, mime, bytes: bytes.length, sha256: await sha256(bytes) };
}
