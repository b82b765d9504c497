import { say } from "../model/said.js";
import { changed } from "../model/watch.js";
import { en } from "./en.js";
import { fa, type Strings } from "./fa.js";

export type Language = "fa" | "en";

const tables: Readonly<Record<Language, Strings>> = { fa, en };
const KEY = "language";

let current: Language = remembered();

/** The language that the page speaks. */
export const language = (): Language => current;

/** What the page says. */
export const t = (): Strings => tables[current];

/** Tells the document what it is written in, and which way. */
export function applyLanguage(): void {
  const { documentElement: root } = document;
  root.lang = current;
  root.dir = current === "fa" ? "rtl" : "ltr";
  document.title = t().pageTitle;
}

/** From Persian to English and back. */
export function switchLanguage(): void {
  current = current === "fa" ? "en" : "fa";
  try {
    localStorage.setItem(KEY, current);
  } catch {
    // Some webviews have no storage: the page then forgets.
  }
  applyLanguage();
  // What was read out last was in the other language.
  say("");
  changed();
}

function remembered(): Language {
  try {
    return localStorage.getItem(KEY) === "en" ? "en" : "fa";
  } catch {
    return "fa";
  }
}
