// Makes JPEGs of every kind with libjpeg's cjpeg.
import { run } from "../run.js";
import { ppm } from "./pixels.js";

const SOI = Buffer.from([0xff, 0xd8]);
const EOI = Buffer.from([0xff, 0xd9]);
const [DQT, DHT, SOF0, SOS, APP0, APP14] = [0xdb, 0xc4, 0xc0, 0xda, 0xe0, 0xee];

export const cjpeg = (...options) => run("cjpeg", options, ppm()).stdout;

export function segment(marker, ...payload) {
  const body = Buffer.concat(payload.map((part) => Buffer.from(part)));
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** The segments before the first scan by marker, and the offset of the scan's data. */
function parse(jpeg) {
  const segments = [];
  for (let at = SOI.length; ; ) {
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    segments.push({ marker: jpeg[at + 1], at, bytes: jpeg.subarray(at, end) });
    if (jpeg[at + 1] === SOS) return { segments, scan: end };
    at = end;
  }
}

/** The JPEG with more segments after its JFIF segment, or right after SOI if it has none. */
export function withSegments(jpeg, ...more) {
  const { segments } = parse(jpeg);
  const [first] = segments;
  const at = first.at + (first.marker === APP0 ? first.bytes.length : 0);
  return Buffer.concat([jpeg.subarray(0, at), ...more, jpeg.subarray(at)]);
}

/** The JPEG with more segments before every scan but the first. */
export function withSegmentsBetweenScans(jpeg, ...more) {
  const parts = [];
  let from = 0;
  for (let at = parse(jpeg).scan; at < jpeg.length - 1; at += 1) {
    const next = jpeg[at] === 0xff && jpeg[at + 1];
    if (next !== SOS && next !== DHT) continue;
    parts.push(jpeg.subarray(from, at), ...more);
    from = at;
    at += 1 + jpeg.readUInt16BE(at + 2);
  }
  return Buffer.concat([...parts, jpeg.subarray(from)]);
}

/**
 * A JPEG of four components, which cjpeg cannot write: each has the scan of a grey picture. Adobe's
 * segment gives their meaning (0: CMYK, 2: YCCK).
 */
export function fourComponents(transform) {
  const grey = cjpeg("-grayscale", "-baseline");
  const { segments, scan } = parse(grey);
  const data = grey.subarray(scan, grey.length - EOI.length);
  const [size] = segments.filter(({ marker }) => marker === SOF0);
  const tables = segments.filter(({ marker }) => marker === DQT || marker === DHT);
  const colours = [1, 2, 3, 4];
  const frame = segment(
    SOF0,
    size.bytes.subarray(4, 9),
    [colours.length],
    colours.flatMap((id) => [id, 0x11, 0]),
  );
  const adobe = segment(APP14, "Adobe", [0, 100, 0, 0, 0, 0, transform]);
  const scans = colours.flatMap((id) => [segment(SOS, [1, id, 0, 0, 63, 0]), data]);
  return Buffer.concat([SOI, adobe, ...tables.map(({ bytes }) => bytes), frame, ...scans, EOI]);
}

/** Adds a second picture after the first one's EOI, and the MPF index that lists both. */
export function withSecondPicture(first, second) {
  const entries = Buffer.alloc(82);
  entries.write("MPF\0MM\0\x2a\0\0\0\x08", "latin1");
  entries.writeUInt16BE(3, 12);
  const tag = (place, id, type, count) => {
    entries.writeUInt16BE(id, 14 + place * 12);
    entries.writeUInt16BE(type, 16 + place * 12);
    entries.writeUInt32BE(count, 18 + place * 12);
  };
  tag(0, 0xb000, 7, 4);
  entries.write("0100", 22);
  tag(1, 0xb001, 4, 1);
  entries.writeUInt32BE(2, 34);
  tag(2, 0xb002, 7, 32);
  entries.writeUInt32BE(46, 46);
  const indexed = withSegments(first, segment(0xe2, entries));
  // Offsets in the index count from its byte-order mark.
  const from = indexed.indexOf("MPF\0MM") + 4;
  indexed.writeUInt32BE(0x030000, from + 46);
  indexed.writeUInt32BE(indexed.length, from + 50);
  indexed.writeUInt32BE(second.length, from + 66);
  indexed.writeUInt32BE(indexed.length - from, from + 70);
  return Buffer.concat([indexed, second]);
}

/** One picture in every kind of JPEG. */
export const variants = {
  baseline: () => cjpeg("-baseline"),
  "with its own tables, in full colour": () => cjpeg("-optimize", "-sample", "1x1"),
  progressive: () => cjpeg("-progressive"),
  grey: () => cjpeg("-grayscale"),
  "RGB by Adobe's segment": () => cjpeg("-rgb"),
  "with restart markers": () => cjpeg("-restart", "1B"),
  "CMYK by Adobe's segment": () => fourComponents(0),
  "YCCK by Adobe's segment": () => fourComponents(2),
};
