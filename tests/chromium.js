// Chromium, as the tests start it.
import { statfsSync } from "node:fs";
import { chromium } from "playwright-core";

const ON_DISK = "--disable-dev-shm-usage";
const ENOUGH = 1024 ** 3;

/**
 * Whether what Chromium's processes share may be in memory. playwright puts it on the disk, since
 * containers tend to give 64 MB: a busy disk then makes the browser stand still for minutes.
 */
function sharesMemory() {
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    return bavail * bsize >= ENOUGH;
  } catch {
    return false;
  }
}

const options = (flags) => ({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", ...flags],
  ignoreDefaultArgs: sharesMemory() ? [ON_DISK] : [],
});

/** @param {string[]} flags further ones */
export const launch = (...flags) => chromium.launch(options(flags));

/** With a profile that is kept in this folder. */
export const launchIn = (folder) => chromium.launchPersistentContext(folder, options([]));
