// Files that Divar would reject, or that nobody could open, are rejected before anything is sent.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { save } from "./folder.js";
import { documents } from "./make/archive.js";
import { cjpeg } from "./make/jpeg.js";
import { movies, recordings } from "./make/movies.js";
import { png } from "./make/png.js";
import { inspected, refusal } from "./prepared.js";
import { sample } from "./samples.js";

const pdf = () => sample("empty.pdf");

const half = (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2));
const video = () => readFileSync(movies["with moov at the start"]());
const videoWithMoovAtEnd = () => readFileSync(movies["with moov at the end"]());

const executables = {
  "a Windows executable": Buffer.concat([Buffer.from("MZ\x90\0\x03"), Buffer.alloc(4096)]),
  "a Linux executable": readFileSync(process.execPath).subarray(0, 65_536),
  "a shell script": Buffer.from("#!/bin/sh\necho hello\n"),
  "a web page": Buffer.from("<!doctype html><script>alert(1)</script>"),
};

for (const [what, bytes] of Object.entries(executables)) {
  for (const [name, type] of [
    ["photo.jpg", "image"],
    ["video.mp4", "video"],
    ["voice.m4a", "voice"],
    ["paper.pdf", "file"],
  ]) {
    test(`rejects ${what} named ${name}`, async () => {
      assert.equal(await refusal(save(name, bytes), type), "unsupported_format");
    });
  }
}

const misnamed = [
  ["a picture", "video.mp4", "video", () => cjpeg()],
  ["a picture", "voice.m4a", "voice", () => cjpeg()],
  ["a video", "photo.jpg", "image", video],
  ["a document", "photo.png", "image", pdf],
  ["a video", "paper.pdf", "file", video],
];

for (const [what, name, type, make] of misnamed) {
  test(`rejects ${what} named ${name} as ${type}`, async () => {
    assert.equal(await refusal(save(name, make()), type), "unsupported_format");
  });
}

const complete = [
  ["photo.jpg", "image", () => cjpeg()],
  ["progressive.jpg", "image", () => cjpeg("-progressive")],
  ["plan.png", "image", () => png()],
  ["video.mp4", "video", video],
  ["moov-at-end.mp4", "video", videoWithMoovAtEnd],
  ["voice.m4a", "voice", () => readFileSync(recordings["an M4A with moov at the start"]())],
  ["paper.pdf", "file", pdf],
  ["paper.docx", "file", () => documents.docx],
  ["paper.doc", "file", () => documents.doc],
];
/** Some programs do not pad a compound file's last sector, so a few missing bytes are accepted. */
const MAY_END_EARLY = ["paper.doc"];

for (const [name, type, make] of complete) {
  test(`rejects half of ${name} as damaged`, async () => {
    const path = save(name, half(make()));
    assert.equal(await refusal(path, type), "file_damaged");
    const { truncated, malformed } = await inspected(path);
    assert.ok(truncated || malformed, "inspectMedia reports no damage");
  });

  if (MAY_END_EARLY.includes(name)) continue;
  test(`rejects ${name} without its last 16 bytes as damaged`, async () => {
    const path = save(name, make().subarray(0, -16));
    assert.equal(await refusal(path, type), "file_damaged");
  });
}

test("rejects an empty file with file_empty, whatever its name", async () => {
  for (const [name, type] of complete) {
    assert.equal(await refusal(save(name, Buffer.alloc(0)), type), "file_empty");
  }
});

test("rejects a video larger than maxBytes when there is no converter", async () => {
  const path = save("video.mp4", video());
  assert.equal(await refusal(path, "video", { maxBytes: 10_000 }), "file_too_large");
});
