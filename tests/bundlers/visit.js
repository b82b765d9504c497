// A visit of a built page, once.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { launch } from "../support/chromium.js";
import { openEmulator } from "../support/emulator.js";
import { jpegOf } from "../support/samples.js";
import { sha256 } from "../support/sha256.js";
import { standForDivar } from "./divar.js";

const emulator = openEmulator();

/**
 * Opens the page in a fresh profile, chooses a picture, and checks that this picture is in the chat
 * and that the page had nothing to complain about.
 *
 * @param {string} url
 * @param {{ prepare?: (page: import("playwright-core").Page) => Promise<void> }} [options]
 */
export async function sendPicture(url, { prepare } = {}) {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(30_000);
    const complaints = listen(page);
    await page.addInitScript(standForDivar, emulator.base);
    await prepare?.(page);
    await page.goto(url);
    const picture = Buffer.from(jpegOf(randomBytes(32)));
    await choose(page, picture).catch((error) => {
      throw new Error(["no answer; the page's console:", ...complaints].join("\n"), {
        cause: error,
      });
    });
    assert.deepEqual(complaints, [], "the page's console");
    await assertReceived(picture);
  } finally {
    await browser.close();
  }
}

/** Console errors, CSP violations among them, and uncaught exceptions, as they come. */
function listen(page) {
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (said) => {
    // The icon is asked for by the browser itself, and the projects have none.
    const isOurs = !said.location().url.endsWith("/favicon.ico");
    if (said.type() === "error" && isOurs) complaints.push(said.text());
  });
  return complaints;
}

async function choose(page, picture) {
  await page.locator("input:enabled").waitFor();
  const answer = page.waitForResponse((response) => response.url().endsWith("/messages"));
  const file = { name: "عکس.jpg", mimeType: "image/jpeg", buffer: picture };
  await page.locator("input").setInputFiles(file);
  assert.equal((await answer).status(), 200, "the app's answer to the message");
}

async function assertReceived(picture) {
  const messages = await emulator.messages();
  const hash = await sha256(picture);
  assert.equal(messages.filter(({ media }) => media?.sha256 === hash).length, 1);
}
