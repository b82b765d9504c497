import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { until } from "../support/wait.js";
import { DEMO_URL, withDemo } from "./browser.js";
import { Demo } from "./demo.js";
import { emulator } from "./emulator.js";
import { media } from "./media.js";
import { assertReceived } from "./steps.js";

/** Closes the page without its unload handlers, as Android does, and opens it again. */
async function reopen(demo) {
  const context = demo.page.context();
  await demo.page.close();
  const again = new Demo(await context.newPage());
  await again.page.goto(DEMO_URL);
  return again;
}

/** Runs in the page: ages the composer's stored files by `hours`; resolves to their states. */
async function changeStored(hours) {
  const request = (asked) =>
    new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  const database = await request(indexedDB.open("divar-media-composer"));
  const store = database.transaction("files", "readwrite").objectStore("files");
  const files = await request(store.getAll());
  for (const file of files) {
    store.put({ ...file, addedAt: file.addedAt - hours * 3_600_000 }, file.id);
  }
  database.close();
  return files.map(({ isMessageBegun }) => (isMessageBegun ? "message begun" : "to be sent"));
}

const stored = (demo, hours = 0) => demo.page.evaluate(changeStored, hours);

/** Waits until the composer has stored files in these states. */
const untilStored = (demo, ...states) =>
  until(async () => (await stored(demo)).join() === states.join());

const untilMessageBegun = () =>
  until(async () => (await emulator.requests("message")).length === 1);

describe("files survive the page's end", () => {
  test("offers a prepared file again, and deletes it once it is sent", async () => {
    await withDemo(async (first) => {
      await first.choose(media.commented.path, media.png.path);
      await first.ready(2);
      await untilStored(first, "to be sent", "to be sent");
      const demo = await reopen(first);
      await demo.ready(2);
      const names = await demo.chosen.locator(".name").allTextContents();
      assert.deepEqual(
        names.map((name) => name.trim()),
        [media.commented.name, media.png.name],
      );
      assert.equal(await demo.chosen.locator(".changes li").count(), 1);
      await demo.send.click();
      await demo.arrived(2);
      await untilStored(demo);
    });
  });

  test("does not offer a removed file again", async () => {
    await withDemo(async (demo) => {
      await demo.choose(media.png.path);
      await demo.ready(1);
      await untilStored(demo, "to be sent");
      await demo.press(`حذف ${media.png.name}`);
      await untilStored(demo);
    });
  });

  test("does not upload an uploaded file again", async () => {
    await emulator.fault({ on: "message", status: { status: 429 } });
    await withDemo(
      async (first) => {
        await first.choose(media.png.path);
        await first.ready(1);
        await first.send.click();
        await first.failure();
        await untilStored(first, "to be sent");
        const demo = await reopen(first);
        await demo.ready(1);
        await demo.send.click();
        await demo.arrived(1);
        await assertReceived(media.png);
      },
      { faults: true },
    );
  });

  test("does not send a message again that was being sent", async () => {
    await emulator.fault({ on: "message", stall_request: { after: 0 } });
    await withDemo(async (first) => {
      await first.choose(media.png.path);
      await first.ready(1);
      await first.send.click();
      await untilMessageBegun();
      const demo = await reopen(first);
      const { sentence } = await demo.failure(demo.chosen);
      assert.match(sentence, /معلوم نشد پیام رسید یا نه/);
      assert.ok(await demo.send.isDisabled());
      assert.deepEqual(await emulator.messages(), []);
      assert.equal((await emulator.requests("message")).length, 1);
      await demo.press(`حذف ${media.png.name}`);
      await untilStored(demo);
    });
  });

  test("finds a delivered message in the conversation", async () => {
    await emulator.fault({ on: "message", stall_response: { after: 0 } });
    await withDemo(async (first) => {
      await first.choose(media.png.path);
      await first.ready(1);
      await first.send.click();
      await untilMessageBegun();
      const demo = await reopen(first);
      await demo.arrived(1);
      await untilStored(demo);
      assert.equal(await demo.chosen.count(), 0);
      assert.equal((await emulator.messages()).length, 1);
    });
  });

  test("deletes a stored file after a day", async () => {
    await withDemo(async (first) => {
      await first.choose(media.png.path);
      await first.ready(1);
      await untilStored(first, "to be sent");
      await stored(first, 25);
      const demo = await reopen(first);
      await untilStored(demo);
      assert.equal(await demo.chosen.count(), 0);
    });
  });
});
