// Every kind of private metadata in a JPEG.
import { box } from "./boxes.js";
import { exif } from "./exif.js";
import { profile } from "./icc.js";
import { cjpeg, segment, withSegments } from "./jpeg.js";
import { MARKER } from "./marker.js";

const [APP1, APP2, APP11, APP13, COM] = [0xe1, 0xe2, 0xeb, 0xed, 0xfe];

export const exifSegment = (options) => segment(APP1, "Exif\0\0", exif(options));

export const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"
 exif:GPSLatitude="35,41.35N" exif:GPSLongitude="51,23.34E"
 aux:SerialNumber="${MARKER}-xmp-serial"/></rdf:RDF></x:xmpmeta>`;

const xmpSegment = () => segment(APP1, "http://ns.adobe.com/xap/1.0/\0", xmp);

/** Extended XMP in two segments; the private text is in the second one. */
function extendedXmp() {
  const about = Buffer.alloc(8);
  const text = `${xmp.slice(0, 200)}${MARKER}-extended-xmp`;
  about.writeUInt32BE(text.length, 0);
  const name = "http://ns.adobe.com/xmp/extension/\0";
  return segment(APP1, name, "0123456789ABCDEF0123456789ABCDEF", about, text);
}

function iptcSegment() {
  const record = (set, text) =>
    Buffer.concat([Buffer.from([0x1c, 2, set, 0, text.length]), Buffer.from(text)]);
  const records = Buffer.concat([
    record(80, `${MARKER}-byline`),
    record(90, `${MARKER}-city`),
    record(120, `${MARKER}-caption`),
  ]);
  const even = Buffer.concat([records], records.length + (records.length % 2));
  const size = Buffer.alloc(4);
  size.writeUInt32BE(records.length);
  return segment(APP13, "Photoshop 3.0\0", "8BIM", [4, 4], [0, 0], size, even);
}

const profileSegment = (number, count, part) =>
  segment(APP2, "ICC_PROFILE\0", [number, count], part);

/** Content Credentials (C2PA), which name the author and the tools: JUMBF boxes in a segment. */
function contentCredentials() {
  const about = Buffer.from(
    `c2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\x03${MARKER}-credentials\0`,
    "latin1",
  );
  return segment(APP11, "JP", [0, 1, 0, 0, 0, 1], box("jumb", box("jumd", about)));
}

/** An ICC profile in two segments, as one longer than a segment must be. */
export function profileSegments() {
  const all = profile();
  return [profileSegment(1, 2, all.subarray(0, 300)), profileSegment(2, 2, all.subarray(300))];
}

/** The JPEG with all of it, and bytes after EOI. */
export function withPrivateMetadata(jpeg, options) {
  const thumbnail = withSegments(cjpeg("-quality", "15"), segment(COM, `${MARKER}-in-thumbnail`));
  const more = [
    exifSegment({ ...options, thumbnail }),
    xmpSegment(),
    extendedXmp(),
    iptcSegment(),
    ...profileSegments(),
    contentCredentials(),
    segment(COM, `${MARKER}-comment`),
    // A second Exif segment, as a program leaves it that does not replace the first one.
    exifSegment({ order: "II" }),
  ];
  return Buffer.concat([withSegments(jpeg, ...more), Buffer.from(`${MARKER}-trailer`)]);
}
