import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withDemo } from "./browser.js";
import { emulator } from "./emulator.js";
import { media } from "./media.js";
import { assertNothingSent, PERSIAN } from "./steps.js";

describe("files that Divar does not accept are rejected in Persian and not sent", () => {
  const rejected = {
    unsupported_format: {
      name: "یادداشت.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("سلام"),
    },
    file_too_large: {
      name: "بزرگ.pdf",
      mimeType: "application/pdf",
      buffer: Buffer.concat([
        Buffer.from("%PDF-1.7\n"),
        Buffer.alloc(5_000_000, " "),
        Buffer.from("%%EOF"),
      ]),
    },
    file_empty: {
      name: "خالی.pdf",
      mimeType: "application/pdf",
      buffer: Buffer.alloc(0),
    },
  };

  for (const [code, file] of Object.entries(rejected)) {
    test(`${code}: ${file.name}`, async () => {
      await withDemo(async (demo) => {
        await demo.choose(file);
        const failure = await demo.failure(demo.chosen);
        assert.match(failure.sentence, PERSIAN);
        assert.equal(failure.code, `prepare ${code}`);
        assert.ok(await demo.send.isDisabled());
        assert.equal(await demo.bubbles.count(), 0);
        await assertNothingSent();
      });
    });
  }

  test("a rejected file does not stop the others and can be removed", async () => {
    await withDemo(async (demo) => {
      const picture = { ...media.png };
      await demo.transfer("drop", [rejected.unsupported_format]);
      await demo.choose(picture.path);
      await demo.failure(demo.chosen);
      await demo.ready(1);
      await demo.send.click();
      await demo.arrived(1);
      assert.equal((await emulator.messages()).length, 1);
      await demo.press("حذف یادداشت.txt");
      assert.equal(await demo.chosen.count(), 0);
    });
  });
});
