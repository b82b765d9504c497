// The Persian table of codes has every code, with the sentence that people get.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as userMessages from "../../pkg/dist/errors/user-messages.js";
import { read } from "./markdown.js";

const snakeCase = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

test("docs/fa/errors.md has each code with its sentence", () => {
  const [, section] = read("docs/fa/errors.md").split("\n## کدها\n");
  const rows = section.matchAll(/^\| `(\w+)` \| .+ \| (.+) \|$/gm);
  const documented = Object.fromEntries([...rows].map(([, code, sentence]) => [code, sentence]));
  delete documented.code; // the table's head
  const entries = Object.entries(userMessages);
  const actual = Object.fromEntries(entries.map(([name, { fa }]) => [snakeCase(name), fa]));
  assert.deepEqual(documented, actual);
});
