// What `cargo xtask size` measures, and what it says of a budget.
import assert from "node:assert/strict";
import { test } from "node:test";
import { measure, overBudget, sizesTable } from "../../bench/size/measure.js";

const CODE = `console.log("${"abc".repeat(1000)}");`;

test("a size above its budget is named, and one that reaches it is not", async () => {
  const { compressed } = await measure({ what: "a line", source: CODE });
  assert.ok(compressed > 0 && compressed < 100, `${compressed} bytes`);
  const sizes = await Promise.all(
    [undefined, compressed, compressed - 1].map((budget, index) =>
      measure({ what: `line ${index}`, source: CODE, budget }),
    ),
  );
  assert.deepEqual(overBudget(sizes), [
    `line 2 has ${compressed} bytes after brotli and a budget of ${compressed - 1}`,
  ]);
});

test("thousands are grouped", () => {
  const size = { what: "all", bundled: 1_234_567, minified: 12_345, compressed: 999, budget: 1000 };
  const row = sizesTable([size]).split("\n").at(-1);
  assert.equal(row, "| all | 1,234,567 | 12,345 | 999 | 1,000 |");
});

test("what a page loads later does not count, and its style sheet does", async () => {
  const bundled = async (source) => (await measure({ what: "", source })).bundled;
  assert.ok((await bundled('export * from "divar-chat-media/prepare";')) > 100_000);
  assert.ok(
    (await bundled('export const load = () => import("divar-chat-media/prepare");')) < 1000,
  );
  assert.ok((await bundled('import "filepond/dist/filepond.min.css";')) > 10_000);
});
