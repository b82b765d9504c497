// Chromium, as the tests start it.
import { chromium } from "playwright-core";

/** @param {string[]} flags further ones */
export const launch = (...flags) =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      ...flags,
    ],
  });
