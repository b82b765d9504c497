// ZIP and OLE files, and the office documents that are made of them.
import { crc32 } from "node:zlib";

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

function numbers(...fields) {
  return Buffer.concat(
    fields.map(([width, value]) => {
      const bytes = Buffer.alloc(width);
      bytes.writeUIntLE(value, 0, width);
      return bytes;
    }),
  );
}

/** A ZIP archive with these entries, as they are or packed by `pack` (DEFLATE). */
export function zip(entries, pack) {
  const locals = [];
  const centrals = [];
  let at = 0;
  for (const [name, content] of Object.entries(entries)) {
    const [path, body] = [Buffer.from(name), Buffer.from(content)];
    const packed = pack ? pack(body) : body;
    const sizes = [
      [4, crc32(body)],
      [4, packed.length],
      [4, body.length],
      [2, path.length],
      [2, 0],
    ];
    const common = [[2, 0], [2, pack ? 8 : 0], [2, 0], [2, 0x21], ...sizes];
    const local = Buffer.concat([numbers([4, LOCAL], [2, 20], ...common), path, packed]);
    const rest = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, at],
    ];
    centrals.push(numbers([4, CENTRAL], [2, 20], [2, 20], ...common, ...rest), path);
    locals.push(local);
    at += local.length;
  }
  const central = Buffer.concat(centrals);
  const count = locals.length;
  const end = numbers(
    [4, END],
    [4, 0],
    [2, count],
    [2, count],
    [4, central.length],
    [4, at],
    [2, 0],
  );
  return Buffer.concat([...locals, central, end]);
}

const CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types";
const MAIN = "application/vnd.openxmlformats-officedocument";

/** A document whose main part has this content type, but for its end. */
export function openXml(part, type, pack) {
  const end = part.endsWith(".bin") ? "main" : "main+xml";
  const types = `<?xml version="1.0"?><Types xmlns="${CONTENT}"><Override PartName="/${part}" ContentType="${type}.${end}"/></Types>`;
  const parts = { "_rels/.rels": "<Relationships/>", [part]: "<x/>" };
  return zip({ "[Content_Types].xml": types, ...parts }, pack);
}

const SECTOR = 512;
const FREE = 0xffffffff;
const LAST = 0xfffffffe;
const IN_TABLE = 0xfffffffd;

/** A compound file with one stream of that name: head, table, directory, and the stream's bytes. */
export function ole(stream) {
  const signature = Buffer.from("d0cf11e0a1b11ae1", "hex");
  const versions = [
    [2, 0x3e],
    [2, 3],
    [2, 0xfffe],
    [2, 9],
    [2, 6],
    [6, 0],
    [4, 0],
    [4, 1],
  ];
  const places = [
    [4, 1],
    [4, 0],
    [4, 4096],
    [4, LAST],
    [4, 0],
    [4, LAST],
    [4, 0],
    [4, 0],
  ];
  const more = Array.from({ length: 108 }, () => [4, FREE]);
  const head = [signature, Buffer.alloc(16), numbers(...versions, ...places, ...more)];
  const length = 8;
  const chain = Array.from({ length }, (_, place) => (place + 1 === length ? LAST : place + 3));
  const used = [IN_TABLE, LAST, ...chain];
  const table = numbers(...used.map((next) => [4, next]), ...free(SECTOR / 4 - used.length));
  const entries = [entry("Root Entry", 5, 1, LAST, 0), entry(stream, 2, FREE, 2, length * SECTOR)];
  const directory = Buffer.concat([...entries, Buffer.alloc(SECTOR - 256)]);
  return Buffer.concat([...head, table, directory, Buffer.alloc(length * SECTOR)]);
}

const free = (count) => Array.from({ length: count }, () => [4, FREE]);

function entry(name, kind, child, start, size) {
  const letters = Buffer.concat([Buffer.from(`${name}\0`, "utf16le")], 64);
  const links = [
    [2, (name.length + 1) * 2],
    [1, kind],
    [1, 1],
    [4, FREE],
    [4, FREE],
    [4, child],
  ];
  return Buffer.concat([
    letters,
    numbers(...links),
    Buffer.alloc(36),
    numbers([4, start], [4, size], [4, 0]),
  ]);
}

export const documents = {
  docx: openXml("word/document.xml", `${MAIN}.wordprocessingml.document`),
  xlsx: openXml("xl/workbook.xml", `${MAIN}.spreadsheetml.sheet`),
  pptx: openXml("ppt/presentation.xml", `${MAIN}.presentationml.presentation`),
  doc: ole("WordDocument"),
  xls: ole("Workbook"),
  ppt: ole("PowerPoint Document"),
};

/** A document of one empty page. */
export function pdf() {
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
  ];
  let text = "%PDF-1.4\n";
  const places = objects.map((object, place) => {
    const at = text.length;
    text += `${place + 1} 0 obj${object}endobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const table = `xref\n0 4\n0000000000 65535 f \n${places.join("")}`;
  const start = text.length;
  return Buffer.from(`${text}${table}trailer<</Size 4/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`);
}
