// Files that their first and last bytes do not tell enough of: the parsers of prepareMedia judge them.
import { assert } from "chai";
import { sha256 } from "../support/sha256.js";
import { failure, needs, uploaded } from "./support.js";

const bytes = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** A picture of one pixel (PNG, third edition). */
const PNG = bytes(
  atob(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  ),
);
/** The start of a JPEG's scan, and of its data (ITU-T T.81, B.2.3), without EOI. */
const CUT_JPEG = bytes(`\xff\xd8\xff\xda${"\x01\x02\x03\xff\0".repeat(2000)}`);

const loadsParsers = ({ traits }) =>
  needs(traits.loadsParsers, "this runtime loads nothing later, so the name and the ends decide");

export const validation = {
  "a document or a picture that is cut is refused before it is sent": async (runtime) => {
    loadsParsers(runtime);
    for (const [name, type, content] of [
      ["a.docx", "file", bytes("PK\x03\x04 and no more")],
      ["a.doc", "file", bytes("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more")],
      ["a.jpg", "image", CUT_JPEG],
    ]) {
      const file = new File([content], name);
      const error = await failure(runtime, () => uploaded(runtime, { file, type }));
      assert.strictEqual(error.code, "file_damaged", name);
      assert.strictEqual(error.stage, "upload");
    }
    const requests = await runtime.emulator.requests();
    assert.ok(requests.every(({ upload }) => !upload));
  },

  "a picture is not refused for what is behind its end": async (runtime) => {
    loadsParsers(runtime);
    const file = new File([PNG, new Uint8Array(200_000).fill(7)], "a.png");
    await uploaded(runtime, { file });
    const [, { upload }] = await runtime.emulator.requests();
    assert.strictEqual(upload.sha256, await sha256(new Uint8Array(await file.arrayBuffer())));
  },
};
