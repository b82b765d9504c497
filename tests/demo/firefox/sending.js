import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { emulator } from "../emulator.js";
import { asFile, media } from "../media.js";
import { assertNothingSent, PERSIAN } from "../steps.js";
import { withFirefox } from "./page.js";

const sentNames = async () =>
  (await emulator.messages()).map((message) => message.media.name).sort();
const namesOf = (files) => files.map(({ name }) => name).sort();

describe("Firefox: adding and sending files", () => {
  test("sends files of every type from the file input", async () => {
    await withFirefox(async (demo) => {
      const files = [media.jpeg, media.png, media.mp4, media.m4a, media.pdf];
      await demo.begin(...files);
      await demo.arrived(files.length);
      assert.deepEqual(await sentNames(), namesOf(files));
      const kinds = "#messages img, #messages video, #messages audio, #messages a";
      assert.equal(await demo.count(kinds), files.length);
    });
  });

  test("sends files added by drop and paste", async () => {
    await withFirefox(async (demo) => {
      await demo.transfer("dragenter", asFile(media.jpeg));
      await demo.see(".drop");
      await demo.transfer("drop", asFile(media.jpeg));
      await demo.until(".drop", 0);
      await demo.transfer("paste", asFile(media.pdf));
      await demo.until('.chosen[data-state="ready"]', 2);
      await demo.press("#send");
      await demo.arrived(2);
      assert.deepEqual(await sentNames(), namesOf([media.jpeg, media.pdf]));
    });
  });

  test("delivers ten files once each, without a removed one", async () => {
    const pictures = Array.from({ length: 11 }, (_, index) => ({
      ...asFile(media.jpeg),
      name: `عکس ${index + 1}.jpg`,
    }));
    await withFirefox(async (demo) => {
      await demo.transfer("drop", ...pictures);
      await demo.until('.chosen[data-state="ready"]', 11);
      await demo.press('[aria-label="حذف عکس 11.jpg"]');
      await demo.read("#send", /۱۰/u);
      await demo.press("#send");
      await demo.arrived(10);
      assert.deepEqual(await sentNames(), namesOf(pictures.slice(0, 10)));
    });
  });

  test("shrinks a picture and shows the changes", async () => {
    await withFirefox(async (demo) => {
      await demo.choose(media.commented, media.large);
      await demo.read(".chosen .changes", /اطلاعات خصوصی پاک شد/u);
      await demo.read(".chosen .changes", /کوچک شد: از \u2068[۰-۹٫]+ \S+\u2069/u);
      await demo.press("#send");
      await demo.arrived(2);
      for (const { upload } of await emulator.requests("upload")) {
        const { bytes } = upload.file_name === media.large.name ? media.large : media.commented;
        assert.ok(upload.bytes < bytes, upload.file_name);
      }
    });
  });

  test("rejects a file of another format with a sentence in Persian", async () => {
    await withFirefox(async (demo) => {
      const buffer = Buffer.from("سلام");
      await demo.transfer("drop", { name: "یادداشت.txt", mimeType: "text/plain", buffer });
      const told = await demo.read(".chosen .failure", /unsupported_format/);
      assert.match(told.replace("prepare unsupported_format", "").trim(), PERSIAN);
      await assertNothingSent();
    });
  });

  test("says that it cannot record a voice note", async () => {
    await withFirefox(async (demo) => {
      await demo.press("#record");
      await demo.read("#composer > .failure", /cannot_record/);
    });
  });
});
