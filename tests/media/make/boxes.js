// Reads and changes the boxes of an ISO base media file.

/** The boxes of `bytes` from `at` on: type, offset and size of each. */
export function* boxesIn(bytes, at = 0, end = bytes.length) {
  while (at + 8 <= end) {
    const short = bytes.readUInt32BE(at);
    const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short || end - at;
    yield { type: bytes.toString("latin1", at + 4, at + 8), at, size };
    at += size;
  }
}

/** The types of the top-level boxes, in order. */
export const topLevelTypes = (bytes) => [...boxesIn(bytes)].map(({ type }) => type);

const CONTAINERS = ["moov", "trak", "mdia", "minf", "stbl"];

export function box(type, body) {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
}

/** The same file with 64-bit chunk offsets (`co64`), as files over 4 GB have them. */
export const withCo64 = (bytes) =>
  changed(bytes, (type, body) => (type === "stco" ? box("co64", wide(body)) : box(type, body)));

/** The same file with one more box at the end of each track. */
export const withInEachTrack = (bytes, more) =>
  changed(bytes, (type, body) => box(type, type === "trak" ? Buffer.concat([body, more]) : body));

/** The file with each box of its `moov` changed by `change`. It must be at the end. */
function changed(bytes, change) {
  const types = topLevelTypes(bytes);
  if (types.indexOf("moov") < types.indexOf("mdat")) throw new Error("moov is not at the end");
  const walk = (from, to) => {
    const parts = [...boxesIn(bytes, from, to)].map(({ type, at, size }) => {
      if (type === "mdat") return bytes.subarray(at, at + size);
      const inside = [at + 8, at + size];
      return change(type, CONTAINERS.includes(type) ? walk(...inside) : bytes.subarray(...inside));
    });
    return Buffer.concat(parts);
  };
  return walk(0, bytes.length);
}

/** Keeps version and count, and widens each offset by four bytes. */
function wide(table) {
  const offsets = table.subarray(8);
  const widened = Buffer.alloc(offsets.length * 2);
  for (let at = 0; at < offsets.length; at += 4) offsets.copy(widened, at * 2 + 4, at, at + 4);
  return Buffer.concat([table.subarray(0, 8), widened]);
}
