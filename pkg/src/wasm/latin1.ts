/** The bytes of a string with one character per byte. */
export function latin1Bytes(text: string): Uint8Array<ArrayBuffer> {
  // A plain loop: `Uint8Array.from` with a callback takes most of the time to start the module.
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}
