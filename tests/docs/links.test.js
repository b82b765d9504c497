// Each relative link of the documents leads to a file, and each anchor to a heading.
import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { anchors, documents, links, read } from "./markdown.js";

const isExternal = (target) => /^[a-z]+:/.test(target);

/** What is wrong with a link, or nothing. */
function fault(from, target) {
  const [path, anchor] = decodeURIComponent(target).split("#");
  const to = path === "" ? from : join(dirname(from), path);
  if (!existsSync(to)) return `${target}: no such file`;
  if (anchor === undefined) return undefined;
  if (statSync(to).isDirectory()) return `${target}: a folder has no anchors`;
  return anchors(read(to)).has(anchor) ? undefined : `${target}: no such heading`;
}

for (const path of documents()) {
  test(`${path}: every link has a target`, () => {
    const relative = links(read(path)).filter((target) => !isExternal(target));
    const faults = relative.map((target) => fault(path, target));
    assert.deepEqual(
      faults.filter((found) => found !== undefined),
      [],
    );
  });
}

test("a missing file and a missing heading are found", () => {
  assert.match(fault("README.md", "docs/absent.md"), /no such file/);
  assert.match(fault("README.md", "docs/errors.md#absent"), /no such heading/);
  assert.equal(fault("README.md", "docs/errors.md#the-codes"), undefined);
});

test("the README has at most 8 KB", () => {
  assert.ok(statSync("README.md").size <= 8192);
});
