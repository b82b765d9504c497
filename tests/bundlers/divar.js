/**
 * Sends to the emulator what is meant for Divar's own hosts, which the README's snippets name by
 * default. It runs in Node and, as text, in a page.
 *
 * @param {string} emulator
 */
export function standForDivar(emulator) {
  const meant = /^https:\/\/(open-api|chat)\.divar\.ir(?=\/)/;
  const moved = (url) => (typeof url === "string" ? url.replace(meant, emulator) : url);
  const { fetch } = globalThis;
  globalThis.fetch = (url, init) => fetch(moved(url), init);
  // Node has none.
  globalThis.XMLHttpRequest &&= class extends XMLHttpRequest {
    #asked = "";

    open(method, url, ...rest) {
      this.#asked = url;
      super.open(method, moved(url), ...rest);
    }

    // Another address than was asked for would tell of a redirect.
    get responseURL() {
      const answered = super.responseURL;
      return answered === moved(this.#asked) ? this.#asked : answered;
    }
  };
}
