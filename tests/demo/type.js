import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withDemo } from "./browser.js";

describe("the type is proposed by what the browser and the name say", () => {
  for (const [name, mimeType, type] of [
    ["photo.JPG", "", "image"],
    ["photo", "image/png", "image"],
    ["clip.mp4", "video/mp4", "video"],
    ["note.m4a", "audio/x-m4a", "voice"],
    ["note.3gp", "video/3gpp", "voice"],
    ["note.3gp", "", "voice"],
    ["report.docx", "", "file"],
    ["چیزی", "", "file"],
  ]) {
    test(`${name} (${mimeType || "no media type"}) is proposed as ${type}`, async () => {
      await withDemo(async (demo) => {
        await demo.choose({ name, mimeType, buffer: Buffer.from("x") });
        assert.equal(await demo.type(), type);
      });
    });
  }
});
