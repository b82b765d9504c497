// The smallest things that pass for each media type, made larger by bytes that no other file has.
import { randomBytes } from "node:crypto";
import { JPEG, movieStart } from "../support/samples.js";
import { sha256 } from "../support/sha256.js";

const SIZE = 100_000;

const IEND = Buffer.from("0000000049454e44ae426082", "hex");

export const files = await Promise.all([
  file("image", "عکس خانه.jpg", "image/jpeg", JPEG.subarray(0, -2), JPEG.subarray(-2)),
  file("image", "plan.png", "image/png", Buffer.from("89504e470d0a1a0a", "hex"), IEND),
  file("video", "visit.mp4", "video/mp4", movieStart("isom", "vide")),
  file("voice", "note.m4a", "audio/mp4", movieStart("M4A ", "soun")),
  file("voice", "note.3gp", "audio/3gpp", movieStart("3gp5", "soun")),
  file(
    "file",
    'contract "1".pdf',
    "application/pdf",
    Buffer.from("%PDF-1.7\n"),
    Buffer.from("%%EOF\n"),
  ),
]);

async function file(type, name, contentType, head, end = Buffer.alloc(0)) {
  const bytes = Buffer.concat([head, randomBytes(SIZE - head.length - end.length), end]);
  return { type, name, contentType, bytes, sha256: await sha256(bytes) };
}
