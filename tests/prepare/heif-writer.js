// Writes HEIC files that heif-enc cannot: grids of tiles, transformations, and nclx colours or none. The
// coded pictures are those of heif-enc or ffmpeg.

/** A box of ISO base media (ISO/IEC 14496-12, 4.2). */
const box = (type, ...content) => {
  const payload = Buffer.concat(content);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(payload.length + 8);
  header.write(type, 4, "latin1");
  return Buffer.concat([header, payload]);
};

const fullBox = (type, version, flags, ...content) =>
  box(type, u32(version * 0x1000000 + flags), ...content);

const u8 = (...values) => Buffer.from(values);
const u16 = (...values) => Buffer.from(values.flatMap((value) => [value >> 8, value & 0xff]));
const u32 = (...values) => {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) buffer.writeUInt32BE(value >>> 0, index * 4);
  return buffer;
};
const text = (value) => Buffer.from(value, "latin1");

/** Properties of a picture (ISO/IEC 23008-12, 6.5). */
export const rotated = (quarterTurns) => box("irot", u8(quarterTurns));
export const mirrored = (axis) => box("imir", u8(axis));
/** Crops to the middle of the picture, of this size in pixels. */
export const cropped = (width, height) => box("clap", u32(width, 1, height, 1, 0, 1, 0, 1));
export const colours = ({ primaries, transfer, matrix, fullRange }) =>
  box("colr", text("nclx"), u16(primaries, transfer, matrix), u8(fullRange ? 0x80 : 0));

/**
 * Makes one file of one coded picture, or of the tiles of a grid, row by row.
 *
 * @param {Buffer[]} files HEIC of heif-enc or MP4 of ffmpeg, each with one picture of the same size
 * @param {{ width: number, height: number, columns?: number, properties?: Buffer[] }} picture the size
 * of a tile in pixels, and the properties of the whole
 */
export function heif(files, { width, height, columns = 1, properties = [] }) {
  const tiles = files.map(codedPicture);
  const rows = tiles.length / columns;
  const isGrid = tiles.length > 1;
  const primary = tiles.length + 1;
  const grid = Buffer.concat([
    u8(0, 0, rows - 1, columns - 1),
    u16(width * columns, height * rows),
  ]);
  const items = tiles.map((_, index) => entry(index + 1, "hvc1", isGrid ? 1 : 0));
  if (isGrid) items.push(entry(primary, "grid", 0));
  const ids = tiles.map((_, index) => index + 1);
  const meta = (dataAt) =>
    fullBox(
      "meta",
      0,
      0,
      fullBox("hdlr", 0, 0, u32(0), text("pict"), u32(0, 0, 0), u8(0)),
      fullBox("pitm", 0, 0, u16(isGrid ? primary : 1)),
      locations(tiles, dataAt, isGrid ? grid : undefined),
      fullBox("iinf", 0, 0, u16(items.length), ...items),
      ...(isGrid
        ? [fullBox("iref", 0, 0, box("dimg", u16(primary, tiles.length), u16(...ids)))]
        : []),
      itemProperties(tiles, { width, height, columns, rows, properties }),
      ...(isGrid ? [box("idat", grid)] : []),
    );
  const ftyp = box("ftyp", text("heic"), u32(0), text("mif1heic"));
  const start = ftyp.length + meta(0).length + 8;
  const data = box("mdat", ...tiles.map((tile) => tile.data));
  return Buffer.concat([ftyp, meta(start), data]);
}

/** The decoder's configuration and the data of the one picture in a file. */
function codedPicture(file) {
  const bytesOf = (type) => {
    const at = file.indexOf(type) - 4;
    return file.subarray(at, at + file.readUInt32BE(at));
  };
  return { configuration: bytesOf("hvcC"), data: bytesOf("mdat").subarray(8) };
}

const entry = (id, type, flags) => fullBox("infe", 2, flags, u16(id, 0), text(type), u8(0));

/** Where the tiles are in the file, and the grid in `idat` (ISO/IEC 14496-12, 8.11.3). */
function locations(tiles, dataAt, grid) {
  let at = dataAt;
  const entries = tiles.map(({ data }, index) => {
    const from = at;
    at += data.length;
    return Buffer.concat([u16(index + 1, 0, 0, 1), u32(from, data.length)]);
  });
  if (grid) entries.push(Buffer.concat([u16(tiles.length + 1, 1, 0, 1), u32(0, grid.length)]));
  return fullBox("iloc", 1, 0, u8(0x44, 0), u16(entries.length), ...entries);
}

function itemProperties(tiles, { width, height, columns, rows, properties }) {
  const size = (width, height) => fullBox("ispe", 0, 0, u32(width, height));
  const shared = [tiles[0].configuration, size(width, height)];
  const own = [size(width * columns, height * rows), ...properties];
  const ESSENTIAL = 0x80;
  const tileProperties = [ESSENTIAL | 1, 2];
  const ownProperties = own.map((_, index) => (index === 0 ? 3 : ESSENTIAL | (index + 3)));
  const associations =
    tiles.length > 1
      ? [...tiles.map((_, index) => [index + 1, tileProperties]), [tiles.length + 1, ownProperties]]
      : [[1, [ESSENTIAL | 1, ...ownProperties]]];
  const ipma = fullBox(
    "ipma",
    0,
    0,
    u32(associations.length),
    ...associations.map(([id, list]) => Buffer.concat([u16(id), u8(list.length, ...list)])),
  );
  return box("iprp", box("ipco", ...shared, ...own), ipma);
}
