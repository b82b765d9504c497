// Runs functions of inside/ in Chromium pages.
import { after } from "node:test";
import { FAKE_DEVICES, launch } from "../support/chromium.js";
import { withTimeout } from "../support/wait.js";
import { serve } from "./server.js";

/** Limit of a test, in milliseconds. */
const LIMIT = 60_000;

/** What the server of the pages has under `/media/`, by name. A test file adds what it needs. */
export const media = {};
export const server = await serve(media);
const browser = await launch(...FAKE_DEVICES);

after(async () => {
  await browser.close();
  server.close();
});

/**
 * Opens a page in a context of its own, set up by `prepare`, and runs `steps` with it.
 *
 * @param {(page: import("playwright-core").Page) => Promise<void>} steps
 * @param {{ path?: string, prepare?: (page: import("playwright-core").Page) => Promise<void> }} [how]
 */
export async function withPage(steps, { path = "/", prepare } = {}) {
  const context = await browser.newContext();
  context.setDefaultTimeout(LIMIT);
  try {
    const page = await context.newPage();
    await prepare?.(page);
    await page.goto(server.url + path);
    await inTime(steps(page));
  } finally {
    await context.close();
  }
}

let shared;

/** One page, shared by the tests that leave no state in it. */
export async function sharedPage() {
  shared ??= browser.newPage();
  const page = await shared;
  page.setDefaultTimeout(LIMIT);
  if (page.url() === "about:blank") await page.goto(server.url);
  return page;
}

const callIn =
  (file) =>
  (page, name, ...args) =>
    inTime(
      page.evaluate(
        async ([file, name, args]) => {
          const inside = await import(`/tests/prepare/inside/${file}`);
          return inside[name](...args);
        },
        [file, name, args],
      ),
    );

/** Calls a function of inside/pictures.js. */
export const call = callIn("pictures.js");

/** Calls a function of inside/heic.js. */
export const callHeic = callIn("heic.js");

const inTime = (promise) => withTimeout(promise, LIMIT);
