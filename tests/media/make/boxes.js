// The boxes of an ISO media file.

/** What lies in `bytes` from `at` on: each box's type, place and size. */
export function* boxesIn(bytes, at = 0, end = bytes.length) {
  while (at + 8 <= end) {
    const short = bytes.readUInt32BE(at);
    const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short || end - at;
    yield { type: bytes.toString("latin1", at + 4, at + 8), at, size };
    at += size;
  }
}

/** The types of the outermost boxes, in order. */
export const outermost = (bytes) => [...boxesIn(bytes)].map(({ type }) => type);

const HOLDERS = ["moov", "trak", "mdia", "minf", "stbl"];

export function box(type, body) {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
}

/** The same file with its offsets in 64 bits, as in one over 4 GB. */
export const withWideOffsets = (bytes) =>
  changed(bytes, (type, body) => (type === "stco" ? box("co64", wide(body)) : box(type, body)));

/** The same file with a box more at the end of each track. */
export const withInEachTrack = (bytes, more) =>
  changed(bytes, (type, body) => box(type, type === "trak" ? Buffer.concat([body, more]) : body));

/** The file with the boxes of its index as `change` has them. The index has to be behind. */
function changed(bytes, change) {
  const types = outermost(bytes);
  if (types.indexOf("moov") < types.indexOf("mdat")) throw new Error("the index is in front");
  const walk = (from, to) => {
    const parts = [...boxesIn(bytes, from, to)].map(({ type, at, size }) => {
      if (type === "mdat") return bytes.subarray(at, at + size);
      const inside = [at + 8, at + size];
      return change(type, HOLDERS.includes(type) ? walk(...inside) : bytes.subarray(...inside));
    });
    return Buffer.concat(parts);
  };
  return walk(0, bytes.length);
}

/** Version and count stay as they are; each offset gets four more bytes. */
function wide(table) {
  const offsets = table.subarray(8);
  const widened = Buffer.alloc(offsets.length * 2);
  for (let at = 0; at < offsets.length; at += 4) offsets.copy(widened, at * 2 + 4, at, at + 4);
  return Buffer.concat([table.subarray(0, 8), widened]);
}
