// Files with trailing bytes, missing ends and unusual structures. Independent programs give the expected
// results.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pixelsOf } from "./djpeg.js";
import { tagsOf } from "./exiftool.js";
import { framesOf, packetsOf, probe } from "./ffmpeg.js";
import { save } from "./folder.js";
import { DEFLATED, documents, openXml, STORED, zip } from "./make/archive.js";
import { box } from "./make/boxes.js";
import { exif } from "./make/exif.js";
import { cjpeg, segment, withSegments } from "./make/jpeg.js";
import { encode, movies } from "./make/movies.js";
import { chunk, png, withChunks } from "./make/png.js";
import { inspected, prepared, refusal } from "./prepared.js";
import { run } from "./run.js";
import { sample } from "./samples.js";

const zeros = Buffer.alloc(5000);
const EOI = 2;

test("adds a missing EOI to a JPEG and keeps the pixels", async () => {
  for (const option of ["-baseline", "-progressive", "-grayscale"]) {
    const whole = cjpeg(option);
    const path = save("photo.jpg", whole.subarray(0, -EOI));
    assert.equal((await inspected(path)).truncated, false);
    const after = await prepared(path, "image");
    assert.ok(pixelsOf(after.path).equals(pixelsOf(save("whole.jpg", whole))), option);
  }
});

test("reports a JPEG with missing scan data as truncated", async () => {
  const whole = cjpeg("-baseline");
  for (const missing of [EOI + 1, EOI + 40, whole.length >> 1]) {
    const path = save("photo.jpg", whole.subarray(0, -missing));
    assert.equal(await refusal(path, "image"), "file_damaged");
    assert.equal((await inspected(path)).truncated, true);
  }
});

test("removes bytes after a JPEG's EOI that look like scan data", async () => {
  const whole = cjpeg();
  const data = Buffer.concat([whole.subarray(-9000, -EOI), whole.subarray(-9000, -EOI)]);
  const after = await prepared(save("photo.jpg", Buffer.concat([whole, data])), "image");
  assert.ok(pixelsOf(after.path).equals(pixelsOf(save("whole.jpg", whole))));
  assert.ok(after.bytes.length <= whole.length);
});

test("reads the orientation of the first Exif segment only, like browsers", async () => {
  const header = Buffer.from("Exif\0\0");
  const block = (orientation) => segment(0xe1, header, exif({ orientation }));
  const seen = async (...blocks) =>
    (await inspected(save("photo.jpg", withSegments(cjpeg(), ...blocks)))).orientation;
  assert.equal(await seen(block(6), block(3)), 6);
  assert.equal(await seen(block(undefined), block(6)), undefined);
});

test("ignores an orientation after a PNG's IDAT, like browsers", async () => {
  const whole = png();
  const end = whole.length - 12;
  const late = [
    whole.subarray(0, end),
    chunk("eXIf", exif({ orientation: 6 })),
    whole.subarray(end),
  ];
  const after = await prepared(save("plan.png", Buffer.concat(late)), "image");
  assert.equal(tagsOf(after.path)[0]["IFD0:Orientation"], undefined);
});

test("removes bytes after a PNG's IEND", async () => {
  const whole = png();
  for (const trailing of [zeros, Buffer.from("\n"), Buffer.from("more")]) {
    const path = save("plan.png", Buffer.concat([whole, trailing]));
    assert.equal((await inspected(path)).truncated, false);
    const after = await prepared(path, "image");
    assert.equal(framesOf(after.path), framesOf(save("whole.png", whole)));
    assert.equal(tagsOf(after.path)[0]["ExifTool:Warning"], undefined);
  }
});

test("XMP with only GPSVersionID has no location", async () => {
  const path = save("plan.png", png());
  run("exiftool", ["-q", "-overwrite_original", "-XMP-exif:GPSVersionID=2.3.0.0", path]);
  assert.ok((await inspected(path)).private.includes("xmp"));
  assert.ok(!(await inspected(path)).private.includes("location"));
  run("exiftool", ["-q", "-overwrite_original", "-XMP-exif:GPSLatitude=35.6892", path]);
  assert.ok((await inspected(path)).private.includes("location"));
});

const avif = () =>
  encode(
    "picture.avif",
    ...["-f", "lavfi", "-i", "testsrc2=size=160x120", "-frames:v", "1"],
    ...["-c:v", "libaom-av1", "-still-picture", "1", "-cpu-used", "8"],
  );

test("reads an AVIF's Exif and XMP like exiftool", async () => {
  const path = avif();
  const tags = [
    "-EXIF:GPSLatitude=35.6892",
    "-EXIF:GPSLatitudeRef=N",
    "-EXIF:Make=maker",
    "-EXIF:DateTimeOriginal=2024:01:02 03:04:05",
    "-XMP-dc:Title=title",
  ];
  run("exiftool", ["-q", "-q", "-overwrite_original", ...tags, path]);
  assert.ok(tagsOf(path)[0]["GPS:GPSLatitude"], "exiftool has not written the location");
  const { format, width, height, private: found } = await inspected(path);
  assert.deepEqual({ format, width, height }, { format: "avif", width: 160, height: 120 });
  for (const what of ["location", "time", "device", "exif", "xmp"]) {
    assert.ok(found.includes(what), `${what} of ${found}`);
  }
});

test("a GIF is truncated only if its first frame is", async () => {
  const path = encode("dot.gif", "-f", "lavfi", "-i", "testsrc2=size=32x24:rate=2", "-t", "1");
  const whole = readFileSync(path);
  for (const trailing of [Buffer.alloc(0), Buffer.from("!\0\0"), Buffer.from("more")]) {
    const cut = save("dot.gif", Buffer.concat([whole.subarray(0, -1), trailing]));
    const { truncated, malformed, animated } = await inspected(cut);
    assert.deepEqual([truncated, malformed, animated], [false, undefined, true]);
  }
  const half = save("dot.gif", whole.subarray(0, 300));
  assert.equal((await inspected(half)).truncated, true);
});

const trailingBytes = {
  "a phone's trailer": Buffer.from('vivo{"capture":1}'),
  "an H.264 NAL unit": Buffer.from("000000016742001f96540280b4", "hex"),
  "a truncated free box": box("free", Buffer.alloc(56)).subarray(0, 28),
};

for (const [what, bytes] of Object.entries(trailingBytes)) {
  test(`removes ${what} after the end of a video`, async () => {
    const whole = movies["with moov at the start"]();
    const path = save("video.mp4", Buffer.concat([readFileSync(whole), bytes]));
    assert.equal((await inspected(path)).truncated, false);
    const after = await prepared(path, "video");
    assert.equal(packetsOf(after.path), packetsOf(whole));
    assert.equal(after.bytes.indexOf(bytes), -1);
  });
}

test("accepts a last box that claims too many bytes if all samples are present", async () => {
  const whole = movies["with moov at the start"]();
  const bytes = readFileSync(whole);
  const mdat = bytes.indexOf("mdat") - 4;
  bytes.writeUInt32BE(bytes.readUInt32BE(mdat) + 8, mdat);
  const path = save("video.mp4", bytes);
  assert.equal((await inspected(path)).truncated, false);
  assert.equal(packetsOf((await prepared(path, "video")).path), packetsOf(whole));
  const cut = save("video.mp4", bytes.subarray(0, -1));
  assert.equal(await refusal(cut, "video"), "file_damaged");
});

test("recognises QuickTime that begins with skip, free, wide or pnot", async () => {
  const path = movies["in QuickTime"]();
  const bytes = readFileSync(path);
  // The box `ftyp` is renamed, so that chunk offsets stay valid.
  for (const type of ["skip", "free", "wide", "pnot"]) {
    bytes.write(type, 4, "latin1");
    const { format, tracks } = await inspected(save("video.mov", bytes));
    assert.deepEqual([format, tracks.length], ["mov", 2]);
  }
});

test("a fragmented video lasts as long as its longest track, like in ffprobe", async () => {
  const path = encode(
    "video.mp4",
    ...["-f", "lavfi", "-t", "1", "-i", "testsrc2=size=160x120:rate=12"],
    ...["-f", "lavfi", "-t", "2", "-i", "sine=frequency=440"],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"],
    ...["-movflags", "+frag_keyframe+empty_moov+default_base_moof"],
  );
  const expected = Math.max(...probe(path).streams.map(({ duration }) => Number(duration)));
  const { duration } = await inspected(path);
  assert.ok(Math.abs(duration - expected) < 0.05, `${duration} s; ffprobe reads ${expected} s`);
});

test("writes the duration of a fragmented recording to moov, where exiftool reads it", async () => {
  const path = encode(
    "voice.m4a",
    ...["-f", "lavfi", "-t", "3", "-i", "sine=frequency=440", "-c:a", "aac"],
    ...["-movflags", "+frag_keyframe+empty_moov+default_base_moof", "-f", "mp4"],
  );
  const after = await prepared(path, "voice");
  const [tags] = tagsOf(after.path);
  for (const tag of ["QuickTime:Duration", "Track1:TrackDuration", "Track1:MediaDuration"]) {
    assert.match(String(tags[tag]), /^3\.\d+ s$/, tag);
  }
  assert.equal(packetsOf(after.path), packetsOf(path));
});

test("rejects an init segment without samples", async () => {
  const bytes = readFileSync(movies.fragmented());
  const init = save("video.mp4", bytes.subarray(0, bytes.indexOf("moof") - 4));
  assert.equal(await refusal(init, "video"), "unsupported_format");
});

test("rejects an encrypted video", async () => {
  const key = "0123456789abcdef0123456789abcdef";
  const path = encode(
    "video.mp4",
    ...["-f", "lavfi", "-t", "1", "-i", "testsrc2=size=160x120:rate=12", "-c:v", "libx264"],
    ...["-encryption_scheme", "cenc-aes-ctr", "-encryption_key", key, "-encryption_kid", key],
  );
  assert.equal(await refusal(path, "video"), "unsupported_format");
});

test("accepts a PDF with bytes before its header, and with %%EOF early or missing", async () => {
  const whole = sample("empty.pdf");
  const page = Buffer.from("<html><script></script></html>\n".repeat(160));
  const unusual = [
    Buffer.concat([Buffer.from("\ufeff"), whole]),
    Buffer.concat([Buffer.from("\n"), whole]),
    Buffer.concat([Buffer.from("\x1b%-12345X@PJL\n"), whole]),
    Buffer.concat([whole, zeros]),
    Buffer.concat([whole, page]),
    whole.subarray(0, -"%%EOF\n".length),
  ];
  for (const bytes of unusual) {
    const path = save("paper.pdf", bytes);
    const { format, truncated } = await inspected(path);
    assert.deepEqual([format, truncated], ["pdf", false]);
    assert.ok((await prepared(path, "file")).bytes.equals(bytes));
  }
});

const others = {
  "a document with macros": ["word/document.xml", "application/vnd.ms-word.document.macroEnabled"],
  "a template": [
    "word/document.xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
  ],
  "a slide show": [
    "ppt/presentation.xml",
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
  ],
  "a binary workbook": ["xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroEnabled"],
};

for (const [what, [part, type]] of Object.entries(others)) {
  test(`rejects ${what}`, async () => {
    for (const level of [STORED, DEFLATED]) {
      const bytes = openXml(part, type, level);
      assert.equal(await refusal(save("paper.docx", bytes), "file"), "unsupported_format");
    }
  });
}

test("reads a compressed [Content_Types].xml", async () => {
  const type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  const path = save("paper.docx", openXml("word/document.xml", type, DEFLATED));
  assert.equal((await inspected(path)).format, "docx");
});

test("recognises a document by its part names without DecompressionStream", async (t) => {
  const { DecompressionStream } = globalThis;
  t.after(() => Object.assign(globalThis, { DecompressionStream }));
  delete globalThis.DecompressionStream;
  const type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  const path = save("paper.docx", openXml("word/document.xml", type, DEFLATED));
  assert.equal((await inspected(path)).format, "docx");
  assert.ok((await prepared(path, "file")).bytes.equals(readFileSync(path)));
});

test("compares part names without regard to case and kind of slash", async () => {
  const path = save("paper.docx", zip({ "[content_types].xml": "", "Word\\document.xml": "<x/>" }));
  assert.equal((await inspected(path)).format, "docx");
});

test("a compound file with unused FAT entries is not truncated", async () => {
  const bytes = Buffer.from(documents.xls);
  // The FAT is the first sector. All entries after those in use become ENDOFCHAIN.
  for (let at = 512 + 10 * 4; at < 1024; at += 4) bytes.writeUInt32LE(0xfffffffe, at);
  const path = save("table.xls", bytes);
  const { format, truncated } = await inspected(path);
  assert.deepEqual([format, truncated], ["xls", false]);
  assert.equal(tagsOf(path)[0]["File:FileTypeExtension"], "xls", "exiftool disagrees");
});

test("inspects Exif entries that point at their own directory within 0.2 s", async () => {
  const entries = Buffer.alloc(2 + 500 * 12 + 4);
  entries.writeUInt16LE(500);
  for (let at = 2; at < entries.length - 4; at += 12) {
    entries.writeUInt16LE(at % 24 === 2 ? 0x8769 : 0x8825, at);
    entries.writeUInt16LE(4, at + 2);
    entries.writeUInt32LE(1, at + 4);
    entries.writeUInt32LE(8, at + 8);
  }
  const tiff = Buffer.concat([Buffer.from("II*\0\x08\0\0\0", "latin1"), entries]);
  const block = segment(0xe1, Buffer.from("Exif\0\0"), tiff);
  const bytes = withSegments(cjpeg(), ...Array.from({ length: 40 }, () => block));
  for (const path of [
    save("photo.jpg", bytes),
    save("plan.png", withChunks(png(), ...Array.from({ length: 40 }, () => chunk("eXIf", tiff)))),
  ]) {
    await inspected(path);
    const start = process.cpuUsage();
    await inspected(path);
    const { user } = process.cpuUsage(start);
    assert.ok(user < 200_000, `${user} µs of CPU time`);
  }
});
