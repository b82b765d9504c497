import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DEVICES, withDemo } from "./browser.js";
import { emulator } from "./emulator.js";
import { media } from "./media.js";
import { sendFile } from "./steps.js";

const ACTIONS = [
  "open_direct_link",
  "open_server_link",
  "get_dynamic_action",
  "open_post_page",
  "open_post_manage_page",
];

for (const device of Object.keys(DEVICES)) {
  describe(`the developer view, on ${device}`, () => {
    test("shows the three calls with their answers and without tokens", async () => {
      await withDemo(
        async (demo) => {
          await sendFile(demo, media.png);
          await demo.openDeveloperView();
          const calls = demo.page.locator(".calls > li");
          const stages = await calls.evaluateAll((all) => all.map((one) => one.dataset.stage));
          assert.deepEqual(stages, ["message", "upload", "token"]);
          const outcomes = await calls.locator(".outcome bdi:first-child").allTextContents();
          assert.deepEqual(outcomes, ["200", "200", "200"]);
          await calls.evaluateAll((all) => {
            for (const one of all) one.querySelector("details").open = true;
          });
          const shown = await demo.page.locator(".calls").textContent();
          const [upload] = await emulator.requests("upload");
          const token = new Map(upload.headers).get("authorization").replace("Bearer ", "");
          assert.ok(shown.includes("Bearer ••••"), "the masked token is missing");
          assert.ok(!shown.includes(token), "the token is shown");
        },
        { device },
      );
    });

    test("builds a 3 × 3 grid with all five actions that Divar accepts", async () => {
      await withDemo(
        async (demo) => {
          await demo.openDeveloperView();
          const editor = demo.page.locator("button-editor");
          for (let row = 0; row < 3; row += 1) {
            await editor.locator("#add-row").click();
            for (let place = 1; place < 3; place += 1) {
              await editor.locator(".editor-row").nth(row).locator("> button").click();
            }
          }
          assert.equal(await editor.locator("#add-row").count(), 0, "a fourth row can be added");
          const fields = editor.locator("button-fields");
          assert.equal(await fields.count(), 9);
          for (const [index, action] of ACTIONS.entries()) {
            await fields.nth(index).locator("select").nth(1).selectOption(action);
          }
          await fields.first().locator("select").first().selectOption("CALL");
          await fields.first().locator("input").first().fill("تماس");
          await demo.press("بستن نمای برنامه‌نویس");
          await sendFile(demo, media.png);
          const [{ body, outcome }] = await emulator.requests("message");
          assert.equal(outcome, 200);
          const sent = body.buttons.rows.flatMap(({ buttons }) => buttons);
          assert.equal(sent.length, 9);
          assert.deepEqual(
            sent.slice(0, 5).map(({ action }) => Object.keys(action)[0]),
            ACTIONS,
          );
          assert.equal(sent[0].icon, "CALL");
          await demo.bubbles.getByRole("link", { name: "تماس" }).waitFor();
          assert.equal(await demo.bubbles.locator(".grid .line > *").count(), 9);
        },
        { device },
      );
    });
  });
}
