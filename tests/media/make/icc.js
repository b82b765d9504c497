// Makes an ICC profile of any length: a header and one tag.

const HEAD = 128;

/** Describes no real colour space: the tests only check that it is kept. */
export function profile(length = 560) {
  const text = Buffer.from("A profile to keep");
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32BE(length, 0);
  bytes.writeUInt32BE(0x02400000, 8);
  bytes.write("mntrRGB XYZ ", 12);
  bytes.write("acsp", 36);
  bytes.writeUInt32BE(1, HEAD);
  bytes.write("cprt", HEAD + 4);
  bytes.writeUInt32BE(HEAD + 16, HEAD + 8);
  bytes.writeUInt32BE(8 + text.length, HEAD + 12);
  bytes.write("text", HEAD + 16);
  text.copy(bytes, HEAD + 24);
  return bytes;
}
