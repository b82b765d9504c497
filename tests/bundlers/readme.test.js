// The projects run what the README shows, and nothing else.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const text = (path) => readFile(new URL(path, import.meta.url), "utf8");

/** The first block of code in a section of the README. */
async function snippet(section) {
  const [, body] = (await text("../../README.md")).split(`\n## ${section}\n`);
  return /```\w+\n(.*?)```/s.exec(body)[1];
}

for (const [section, file, own] of [
  ["In a page", "page/send.js", 'import { conversationId, input, show } from "./page.js";\n'],
  ["On a server", "backend/worker.js", 'import { yourSession } from "./session.js";\n'],
]) {
  test(`${file} is the README's "${section}" but for one import`, async () => {
    assert.equal((await text(file)).replace(own, ""), await snippet(section));
  });
}
