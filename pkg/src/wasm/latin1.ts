/** What newer runtimes have (Chrome 140, Firefox 133, Safari 18.2). */
interface Base64Decoder {
  fromBase64?: (base64: string) => Uint8Array<ArrayBuffer>;
}

/** The bytes of a string with one character per byte. */
export function latin1Bytes(text: string): Uint8Array<ArrayBuffer> {
  // Both functions are native: faster than a loop that the engine has not compiled yet.
  return (Uint8Array as Base64Decoder).fromBase64?.(btoa(text)) ?? bytesByLoop(text);
}

// A plain loop: `Uint8Array.from` with a callback takes most of the time to start the module.
function bytesByLoop(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}
