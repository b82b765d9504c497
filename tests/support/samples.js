// The smallest files that pass for their formats, in every runtime.

/** A segment of this content (ITU-T T.81, B.1.1.4). */
const segment = (marker, ...body) => [0xff, marker, 0, 2 + body.length, ...body];

/** A Huffman table whose only code, `0`, is for 0 (B.2.4.2): no difference, or the end of a block. */
const huffmanTable = (id) => segment(0xc4, id, 1, ...Array(15).fill(0), 0);

/** A grey JPEG of one pixel (B.2). */
export const JPEG = Uint8Array.from([
  ...[0xff, 0xd8],
  ...segment(0xdb, 0, ...Array(64).fill(1)),
  ...segment(0xc0, 8, 0, 1, 0, 1, 1, 1, 0x11, 0),
  ...huffmanTable(0),
  ...huffmanTable(0x10),
  ...segment(0xda, 1, 1, 0, 0, 63, 0),
  ...[0x3f, 0xff, 0xd9],
]);

/**
 * A JPEG with these bytes between its picture and its end, where a decoder skips them.
 *
 * @param {Uint8Array} content
 */
export function jpegOf(content) {
  const bytes = new Uint8Array(JPEG.length + content.length);
  bytes.set(JPEG.subarray(0, -2));
  bytes.set(content, JPEG.length - 2);
  bytes.set(JPEG.subarray(-2), bytes.length - 2);
  return bytes;
}

const letters = (text) => Array.from(text, (letter) => letter.charCodeAt(0));
const word = (number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff);

/** A box of this content (ISO/IEC 14496-12, 4.2). */
const box = (name, ...content) => {
  const body = content.flat();
  return [...word(8 + body.length), ...letters(name), ...body];
};

/** A box with version, flags and these numbers. */
const fullBox = (name, ...numbers) => box(name, [0, ...numbers].flatMap(word));

/** The sample entries of video and of sound, by handler (8.5.2, 12.1.3, 12.2.3). */
const SAMPLE_ENTRIES = {
  vide: box("avc1", Array(78).fill(0)),
  soun: box("mp4a", Array(28).fill(0)),
};

/** The index of a movie with one track of one sample of one byte (8.2 to 8.7). */
const movieIndex = (handlerType, sampleOffset) => {
  const handler = box("hdlr", word(0), word(0), letters(handlerType), Array(13).fill(0));
  const descriptions = box("stsd", word(0), word(1), SAMPLE_ENTRIES[handlerType]);
  const durations = fullBox("stts", 1, 1, 1);
  const chunks = [fullBox("stsc", 1, 1, 1, 1), fullBox("stco", 1, sampleOffset)];
  const samples = box("stbl", descriptions, durations, ...chunks, fullBox("stsz", 1, 1));
  return box("moov", box("trak", box("mdia", handler, box("minf", samples))));
};

/**
 * A movie up to its samples: what follows, at least a byte, belongs to it.
 *
 * @param {string} brand the major brand (4.3)
 * @param {"vide" | "soun"} handlerType video or sound (8.4.3)
 */
export function movieStart(brand, handlerType) {
  const brands = box("ftyp", letters(brand), word(512), letters("isommp42"));
  // A size of 0 reaches to the end of the file (4.2).
  const mediaData = [...word(0), ...letters("mdat")];
  const samplesAt = brands.length + movieIndex(handlerType, 0).length + mediaData.length;
  return Uint8Array.from([...brands, ...movieIndex(handlerType, samplesAt), ...mediaData]);
}

/** An MP4 up to its samples. */
export const MP4 = movieStart("isom", "vide");

/** A small picture, as a file. */
export const picture = () => new File([JPEG], "عکس.jpg", { type: "image/jpeg" });
