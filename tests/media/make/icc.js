// A colour profile: its head and one tag, and as long as it is wanted.

const HEAD = 128;

/** Not of sRGB, nor of anything: it is to be carried, not to be applied. */
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
