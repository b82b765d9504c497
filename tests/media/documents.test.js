// Documents are recognised by content and sent unchanged.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tagsOf } from "./exiftool.js";
import { save } from "./folder.js";
import { documents } from "./make/archive.js";
import { inspected, prepared, refusal } from "./prepared.js";
import { sample } from "./samples.js";

const all = { ...documents, pdf: sample("empty.pdf") };

for (const [format, bytes] of Object.entries(all)) {
  test(`recognises ${format} by its content and does not change it`, async () => {
    assert.equal((await inspected(save("unnamed", bytes))).format, format);
    const path = save(`paper.${format}`, bytes);
    assert.equal(tagsOf(path)[0]["File:FileTypeExtension"], format, "exiftool disagrees");
    const { bytes: sent, changes } = await prepared(path, "file");
    assert.ok(sent.equals(bytes));
    assert.deepEqual(changes, []);
  });
}

test("rejects ZIP archives and compound files that are not documents", async () => {
  const others = [sample("plain.zip"), sample("turning.ole")];
  const formats = others.map(async (bytes) => (await inspected(save("a", bytes))).format);
  assert.deepEqual(await Promise.all(formats), ["zip", "ole"]);
  for (const bytes of others) {
    assert.equal(await refusal(save("paper.docx", bytes), "file"), "unsupported_format");
  }
});
