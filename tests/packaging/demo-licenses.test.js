// The licences of what is in the demo's bundle, which are deployed beside it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (name) => readFileSync(`www/dist/licenses/${name}`, "utf8");

test("the demo has the licences of the npm packages in its bundle", () => {
  const text = read("packages.md");
  for (const name of ["idb-keyval", "lit", "lit-html", "@lit/reactive-element"]) {
    assert.match(text, new RegExp(`^## ${name} - `, "m"));
  }
});

test("the demo has the licences of the crates in its modules", () => {
  assert.equal(read("modules.txt"), readFileSync("pkg/THIRD-PARTY-LICENSES.txt", "utf8"));
});

test("the demo has the licence of its font", () => {
  assert.match(read("vazirmatn.txt"), /SIL OPEN FONT LICENSE/i);
});
