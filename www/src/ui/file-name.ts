import { html, type TemplateResult } from "lit";

/** A name that keeps its own direction inside of a line, and its ending that of Latin letters. */
export function fileName(name: string): TemplateResult {
  // The dot stays with what is before it: it is to stand between the two, whichever way they run.
  const start = name.lastIndexOf(".") + 1 || name.length;
  const [base, ending] = [name.slice(0, start), name.slice(start)];
  // An automatic direction does not look into what is isolated inside.
  const direction = /^\P{L}*\p{Script=Arabic}/u.test(base) ? "rtl" : "ltr";
  return html`<bdi dir=${direction}>${base}<bdi dir="ltr">${ending}</bdi></bdi>`;
}
