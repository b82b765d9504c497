import { html, type TemplateResult } from "lit";

/** A file's name in its own direction, and its extension always from left to right. */
export function fileName(name: string): TemplateResult {
  const start = name.lastIndexOf(".") + 1 || name.length;
  const [base, extension] = [name.slice(0, start), name.slice(start)];
  // The algorithm behind dir="auto" skips the text of an inner <bdi>.
  const direction = /^\P{L}*\p{Script=Arabic}/u.test(base) ? "rtl" : "ltr";
  return html`<bdi dir=${direction}>${base}<bdi dir="ltr">${extension}</bdi></bdi>`;
}
