/**
 * Letters that changed places two by two: those that are frequent in a module and that a string
 * literal can only hold escaped, with rare ones.
 */
const PAIRS = '\0^\n{\r["*\\5';

/** The bytes of a module that travels inside the JavaScript, a letter for each byte. */
export const bytesOf = (text) => {
  const swapped = [];
  for (let at = 0; at < PAIRS.length; at += 1) {
    swapped[PAIRS.charCodeAt(at)] = PAIRS.charCodeAt(at ^ 1);
  }
  // A loop over numbers: with a callback for each letter this was most of the time to start.
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at += 1) {
    const letter = text.charCodeAt(at);
    bytes[at] = swapped[letter] ?? letter;
  }
  return bytes;
};
