import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { emulator } from "../emulator.js";
import { asFile, media } from "../media.js";
import { assertNothingSent, PERSIAN } from "../steps.js";
import { withFirefox } from "./page.js";

const sentNames = async () =>
  (await emulator.messages()).map((message) => message.media.name).sort();
const namesOf = (files) => files.map(({ name }) => name).sort();

describe("in Firefox, files come in and arrive", () => {
  test("files of every kind, by the file input", async () => {
    await withFirefox(async (demo) => {
      const files = [media.jpeg, media.png, media.mp4, media.m4a, media.pdf];
      await demo.begin(...files);
      await demo.arrived(files.length);
      assert.deepEqual(await sentNames(), namesOf(files));
      const kinds = "#messages img, #messages video, #messages audio, #messages a";
      assert.equal(await demo.count(kinds), files.length);
    });
  });

  test("by drop and by paste", async () => {
    await withFirefox(async (demo) => {
      await demo.hand("dragenter", asFile(media.jpeg));
      await demo.see(".drop");
      await demo.hand("drop", asFile(media.jpeg));
      await demo.until(".drop", 0);
      await demo.hand("paste", asFile(media.pdf));
      await demo.until('.chosen[data-state="ready"]', 2);
      await demo.press("#send");
      await demo.arrived(2);
      assert.deepEqual(await sentNames(), namesOf([media.jpeg, media.pdf]));
    });
  });

  test("ten at once, each once, but for the one that is removed before", async () => {
    const pictures = Array.from({ length: 11 }, (_, index) => ({
      ...asFile(media.jpeg),
      name: `عکس ${index + 1}.jpg`,
    }));
    await withFirefox(async (demo) => {
      await demo.hand("drop", ...pictures);
      await demo.until('.chosen[data-state="ready"]', 11);
      await demo.press('[aria-label="حذف عکس 11.jpg"]');
      await demo.read("#send", /۱۰/u);
      await demo.press("#send");
      await demo.arrived(10);
      assert.deepEqual(await sentNames(), namesOf(pictures.slice(0, 10)));
    });
  });

  test("what is done to a picture is said, and done", async () => {
    await withFirefox(async (demo) => {
      await demo.choose(media.telling, media.large);
      await demo.read(".chosen .changes", /اطلاعات خصوصی پاک شد/u);
      await demo.read(".chosen .changes", /کوچک شد: از \u2068[۰-۹٫]+ \S+\u2069/u);
      await demo.press("#send");
      await demo.arrived(2);
      for (const { upload } of await emulator.requests("upload")) {
        const { bytes } = upload.file_name === media.large.name ? media.large : media.telling;
        assert.ok(upload.bytes < bytes, upload.file_name);
      }
    });
  });

  test("what Divar would not take is refused in Persian beside the file", async () => {
    await withFirefox(async (demo) => {
      const buffer = Buffer.from("سلام");
      await demo.hand("drop", { name: "یادداشت.txt", mimeType: "text/plain", buffer });
      const told = await demo.read(".chosen .failure", /unsupported_format/);
      assert.match(told.replace("prepare unsupported_format", "").trim(), PERSIAN);
      await assertNothingSent();
    });
  });

  test("that it records nothing which Divar takes is said", async () => {
    await withFirefox(async (demo) => {
      await demo.press("#record");
      await demo.read("#composer > .failure", /cannot_record/);
    });
  });
});
