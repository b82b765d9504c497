// What the README's snippet leaves to the app.
export const input = /** @type {HTMLInputElement} */ (document.querySelector("input"));

export const conversationId = "6Gq+m/D7=";

/** @param {string} sentence */
export const show = (sentence) => console.error(sentence);
