// What the tests read from a document: its blocks of code, its headings and its links.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The documents for users and contributors, by their paths from the top of the repository. */
export function documents() {
  const top = readdirSync(".").filter((name) => name.endsWith(".md"));
  const guides = readdirSync("docs", { recursive: true })
    .filter((name) => name.endsWith(".md") && !name.includes("node_modules"))
    .map((name) => join("docs", name));
  const examples = readdirSync("examples").map((name) => join("examples", name, "README.md"));
  const others = ["emulator/README.md", "examples/README.md", ...examples];
  return [...top, ...guides, ...others.filter((path) => existsSync(path))].sort();
}

/** @param {string} path */
export const read = (path) => readFileSync(path, "utf8");

const FENCE = /^( *)```(\w*)\n(.*?)^\1```$/gms;

/**
 * The blocks of code in a document, with the line of each.
 *
 * @param {string} text
 */
export function blocks(text) {
  return [...text.matchAll(FENCE)].map(({ 1: indent, 2: language, 3: code, index }) => ({
    language,
    code: code.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
    line: text.slice(0, index).split("\n").length,
  }));
}

/** The text without its code, in which nothing is a link or a heading. */
const prose = (text) => text.replace(FENCE, "").replace(/`[^`\n]*`/g, (code) => code.slice(1, -1));

/**
 * The anchors of a document's headings, as GitHub makes them.
 *
 * @param {string} text
 */
export function anchors(text) {
  const found = new Set();
  for (const [, heading] of prose(text).matchAll(/^#+ +(.+?) *$/gm)) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const anchor = plain.replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "").replaceAll(" ", "-");
    let unique = anchor;
    for (let count = 1; found.has(unique); count += 1) unique = `${anchor}-${count}`;
    found.add(unique);
  }
  return found;
}

/**
 * Where the links and pictures of a document point.
 *
 * @param {string} text
 */
export function links(text) {
  const plain = text.replace(FENCE, "").replace(/`[^`\n]*`/g, "code");
  const markdown = [...plain.matchAll(/\]\(([^)\s]+)\)/g)];
  const html = [...plain.matchAll(/(?:href|src)="([^"]+)"/g)];
  return [...markdown, ...html].map(([, target]) => target);
}
