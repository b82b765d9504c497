/**
 * Letters that changed places two by two: those that are frequent in a module and that a string
 * literal can only hold escaped, with rare ones.
 */
const PAIRS = '\0^\n{\r["*\\5';

/** The bytes of a module that travels inside the JavaScript, a letter for each byte. */
export const bytesOf = (text) =>
  Uint8Array.from(text, (letter) => (PAIRS[PAIRS.indexOf(letter) ^ 1] ?? letter).charCodeAt(0));
