// What the README's snippet leaves to the app.
export const input = /** @type {HTMLInputElement} */ (document.querySelector("input"));

/** @param {string} sentence */
export const show = (sentence) => console.error(sentence);
