/** A marker in every private text of the tests' files; no prepared file may contain it. */
export const MARKER = "PRIVATE-TEXT";
