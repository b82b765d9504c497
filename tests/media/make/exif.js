// Writes an Exif block with every kind of private tag that a phone writes.
import { MARKER } from "./marker.js";

const ASCII = 2;
const SHORT = 3;
const LONG = 4;
const RATIONAL = 5;
const UNDEFINED = 7;
const WIDTHS = { [ASCII]: 1, [SHORT]: 2, [LONG]: 4, [RATIONAL]: 4, [UNDEFINED]: 1 };

const text = (tag, value) => ({ tag, type: ASCII, bytes: Buffer.from(`${value}\0`) });
const raw = (tag, bytes) => ({ tag, type: UNDEFINED, bytes });
const short = (tag, ...numbers) => ({ tag, type: SHORT, numbers });
const rational = (tag, ...numbers) => ({ tag, type: RATIONAL, numbers });
/** A pointer to a directory, or to bytes, later in the block. */
const pointer = (tag, target) => ({ tag, type: LONG, target });

/** Writes numbers in the byte order `II` or `MM`. */
function writer(order) {
  const end = order === "II" ? "LE" : "BE";
  const write = { 2: `writeUInt16${end}`, 4: `writeUInt32${end}` };
  return (width, ...numbers) => {
    const bytes = Buffer.alloc(width * numbers.length);
    for (const [place, number] of numbers.entries()) bytes[write[width]](number, place * width);
    return bytes;
  };
}

/** Writes a directory at offset `at`, then the data that it points to, then the following directory. */
function directory(put, at, entries, following) {
  const head = 2 + entries.length * 12 + 4;
  const behind = [];
  let end = at + head;
  const add = (bytes) => {
    const place = end;
    behind.push(bytes);
    end += bytes.length;
    return place;
  };
  const rows = entries.map((entry) => row(put, entry, add, () => end));
  const next = following ? add(directory(put, end, following)) : 0;
  return Buffer.concat([put(2, entries.length), ...rows, put(4, next), ...behind]);
}

function row(put, { tag, type, bytes, numbers, target }, add, end) {
  const point = () => put(4, add(Array.isArray(target) ? directory(put, end(), target) : target));
  const value = bytes ?? (numbers ? put(WIDTHS[type], ...numbers) : point());
  const count = value.length / WIDTHS[type] / (type === RATIONAL ? 2 : 1);
  const field = value.length > 4 ? put(4, add(value)) : Buffer.concat([value], 4);
  return Buffer.concat([put(2, tag, type), put(4, count), field]);
}

const position = [
  text(0x0001, "N"),
  rational(0x0002, 35, 1, 41, 1, 2122, 100),
  text(0x0003, "E"),
  rational(0x0004, 51, 1, 23, 1, 2040, 100),
  text(0x001d, "2024:01:02"),
];

const shot = [
  text(0x9003, "2024:01:02 03:04:05"),
  raw(0x927c, Buffer.from(`${MARKER}-maker-note\0${"\x01\x02\x03".repeat(40)}`)),
  raw(0x9286, Buffer.from(`ASCII\0\0\0${MARKER}-user-comment`)),
  text(0xa430, `${MARKER}-owner`),
  text(0xa431, `${MARKER}-body-serial`),
  text(0xa435, `${MARKER}-lens-serial`),
];

/** The TIFF block, as PNG stores it; in JPEG, `Exif\0\0` precedes it. */
export function exif({ orientation, order = "MM", thumbnail }) {
  const put = writer(order);
  const main = [
    text(0x010e, `${MARKER}-description`),
    text(0x010f, `${MARKER}-make`),
    text(0x0110, `${MARKER}-model`),
    ...(orientation ? [short(0x0112, orientation)] : []),
    text(0x0131, `${MARKER}-software`),
    text(0x0132, "2024:01:02 03:04:05"),
    text(0x013b, `${MARKER}-artist`),
    pointer(0x8769, shot),
    pointer(0x8825, position),
  ];
  const small = thumbnail && [
    short(0x0103, 6),
    pointer(0x0201, thumbnail),
    { tag: 0x0202, type: LONG, numbers: [thumbnail.length] },
  ];
  const head = [Buffer.from(order), put(2, 42), put(4, 8)];
  return Buffer.concat([...head, directory(put, 8, main, small)]);
}
