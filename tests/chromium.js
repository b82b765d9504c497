// Chromium, as the tests start it.
import { chromium } from "playwright-core";

const options = (flags) => ({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    ...flags,
  ],
});

/** @param {string[]} flags further ones */
export const launch = (...flags) => chromium.launch(options(flags));

/** With a profile that is kept in this folder. */
export const launchIn = (folder) => chromium.launchPersistentContext(folder, options([]));
