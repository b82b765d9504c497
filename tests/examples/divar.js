/**
 * Sends to the emulator what goes to Divar's own hosts, which the README's snippets name by default.
 * It runs in Node and, as text, in a page.
 *
 * @param {string} emulator
 */
export function useEmulator(emulator) {
  const divar = /^https:\/\/(open-api|chat)\.divar\.ir(?=\/)/;
  const moved = (url) => (typeof url === "string" ? url.replace(divar, emulator) : url);
  const { fetch } = globalThis;
  globalThis.fetch = (url, init) => fetch(moved(url), init);
}
