// Makes ZIP files, stored or deflated, and office documents.
import { crc32 } from "node:zlib";
import { sample } from "../samples.js";

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

/** A ZIP archive with these entries: stored, or compressed by `pack` (DEFLATE). */
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

/** A document whose main part has this content type, without the type's last segment. */
export function openXml(part, type, pack) {
  const end = part.endsWith(".bin") ? "main" : "main+xml";
  const types = `<?xml version="1.0"?><Types xmlns="${CONTENT}"><Override PartName="/${part}" ContentType="${type}.${end}"/></Types>`;
  const parts = { "_rels/.rels": "<Relationships/>", [part]: "<x/>" };
  return zip({ "[Content_Types].xml": types, ...parts }, pack);
}

export const documents = {
  docx: openXml("word/document.xml", `${MAIN}.wordprocessingml.document`),
  xlsx: openXml("xl/workbook.xml", `${MAIN}.spreadsheetml.sheet`),
  pptx: openXml("ppt/presentation.xml", `${MAIN}.presentationml.presentation`),
  doc: sample("letter.doc"),
  xls: sample("table.xls"),
  ppt: sample("talk.ppt"),
};
