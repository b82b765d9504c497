/** Whether it is of the platform's class of this name; one that only pretends may throw. */
export const isA = (value, name) => {
  try {
    return value instanceof globalThis[name];
  } catch {
    return false;
  }
};

const isFunction = (value) => typeof value === "function";
const isOneOf = (value, all) => isText(value) && all.split("|").includes(value);
const isText = (value) => typeof value === "string" && value !== "";

/**
 * Whether it can be sent in a header as it is: visible ASCII, not empty. A line break or a letter
 * outside Latin-1 makes the platform's own header code throw.
 */
export const isHeaderValue = (value) => typeof value === "string" && /^[!-~]+$/.test(value);

/** The URL standard writes every IPv4 address with four numbers. */
const LOOPBACK = /^((.*\.)?localhost|127\.[\d.]+|\[::1])$/;

/**
 * An address in the URL standard's own words, without a slash at its end: a string or a `URL`, https
 * or this machine, with nothing behind the path. What is wrong with another is thrown.
 *
 * @param {Location | undefined} page What it may be relative to, and whose own origin will do, too.
 */
export const address = (given, page) => {
  const text = isA(given, "URL") ? given.href : given;
  if (!isText(text)) throw " must be a string or a URL";
  let url;
  try {
    url = new URL(text, page?.href);
  } catch {
    throw " must be an absolute address";
  }
  const { href, protocol, hostname, username, password } = url;
  const isOwn = page && href.startsWith(`${page.origin}/`);
  const isHere = protocol === "http:" && LOOPBACK.test(hostname);
  if (!isOwn && !isHere && protocol !== "https:") throw " must be https, or http on this machine";
  // A name and password would be sent along, and a query or fragment would end up in the middle.
  if (username || password || /[?#]/.test(href)) throw " must have no user, query or fragment";
  return href.replace(/\/+$/, "");
};

/**
 * How Rust writes what an option must be: a sign behind its name, and what belongs to the sign. Each
 * gives the value that is taken, or throws what is wrong with the one that was given.
 */
const must = (isRight, words) => (value, rest) => {
  if (isRight(value, rest)) return value;
  throw words + rest;
};
const CHECKS = {
  // A number, and its least value.
  ">": must(
    (value, least) => typeof value === "number" && value >= least,
    " must be a number, at least ",
  ),
  "(": must(isFunction, " must be a function"),
  $: must(isText, " must be a string that is not empty"),
  // One of these words; the second must be given.
  "|": must(isOneOf, " must be one of "),
  "!": must(
    (value, all) => isText(value) && (!all || isOneOf(value, all)),
    " must be a string that is not empty, ",
  ),
  // What a header carries. It is never quoted.
  "*": must(isHeaderValue, " must be a string that a header can carry"),
  // A part of a path: URL parsers take the dots, percent-encoded too, for "here" and "one up".
  "/": must((value) => isText(value) && value !== "." && value !== "..", " must be an id"),
  // Getters of one that only pretends throw.
  "&": must(
    (value) => isA(value, "AbortSignal") && typeof value.aborted === "boolean",
    " must be an AbortSignal",
  ),
  "#": must(
    (value) => isA(value, "Blob") && typeof value.size === "number",
    " must be a File or a Blob",
  ),
  // An address; the second may be relative to the page.
  "@": (value) => address(value),
  ":": (value) => address(value, globalThis.location),
  "?": (value) => value === true,
};

/** The signs of options that must be given. */
const REQUIRED = "*/#:!";

/** Checks one option, which may be missing. */
export const checked = (value, sign, rest) =>
  value === undefined && !REQUIRED.includes(sign) ? undefined : CHECKS[sign](value, rest);
