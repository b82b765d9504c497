import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { withDemo } from "./browser.js";
import { media } from "./media.js";
import { assertNothingSent, PERSIAN } from "./steps.js";

describe("what Divar would not take is refused in Persian and not sent", () => {
  const refused = {
    unsupported_format: {
      name: "یادداشت.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("سلام"),
    },
    file_too_large: {
      name: "بزرگ.jpg",
      mimeType: "image/jpeg",
      buffer: Buffer.concat([readFileSync(media.jpeg.path), Buffer.alloc(5_000_000)]),
    },
    file_empty: {
      name: "خالی.pdf",
      mimeType: "application/pdf",
      buffer: Buffer.alloc(0),
    },
  };

  for (const [code, file] of Object.entries(refused)) {
    test(`${code}: ${file.name}`, async () => {
      await withDemo(async (demo) => {
        await demo.choose(file);
        await demo.send.click();
        const told = await demo.failure();
        assert.match(told.sentence, PERSIAN);
        assert.equal(told.code, `upload ${code}`);
        assert.equal(await demo.bubbles.count(), 0);
        await assertNothingSent();
      });
    });
  }

  test("a picture that the person calls a video", async () => {
    await withDemo(async (demo) => {
      await demo.choose(media.jpeg.path);
      await demo.page.getByLabel("نوع").selectOption("video");
      await demo.send.click();
      assert.equal((await demo.failure()).code, "upload unsupported_format");
      await assertNothingSent();
    });
  });
});
