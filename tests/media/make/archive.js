// ZIP files and office documents, by fflate.
import { strToU8, zipSync } from "fflate";
import { sample } from "../samples.js";

/** The compression of entries. */
export const STORED = 0;
export const DEFLATED = 9;

/** A ZIP archive with these texts by name. */
export function zip(entries, level = STORED) {
  const files = Object.entries(entries).map(([name, text]) => [name, strToU8(text)]);
  return Buffer.from(zipSync(Object.fromEntries(files), { level }));
}

const CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types";
const MAIN = "application/vnd.openxmlformats-officedocument";

/** A document whose main part has this content type, without the type's last segment. */
export function openXml(part, type, level) {
  const end = part.endsWith(".bin") ? "main" : "main+xml";
  const types = `<?xml version="1.0"?><Types xmlns="${CONTENT}"><Override PartName="/${part}" ContentType="${type}.${end}"/></Types>`;
  const parts = { "_rels/.rels": "<Relationships/>", [part]: "<x/>" };
  return zip({ "[Content_Types].xml": types, ...parts }, level);
}

export const documents = {
  docx: openXml("word/document.xml", `${MAIN}.wordprocessingml.document`),
  xlsx: openXml("xl/workbook.xml", `${MAIN}.spreadsheetml.sheet`),
  pptx: openXml("ppt/presentation.xml", `${MAIN}.presentationml.presentation`),
  doc: sample("letter.doc"),
  xls: sample("table.xls"),
  ppt: sample("talk.ppt"),
};
