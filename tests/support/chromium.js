// Chromium, as all tests start it.
import { statfsSync } from "node:fs";
import { chromium } from "playwright-core";
import { Builder } from "selenium-webdriver";
import { Options, ServiceBuilder } from "selenium-webdriver/chrome.js";

/** The program. */
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
const SHARE_ON_DISK = "--disable-dev-shm-usage";
/** The free bytes of /dev/shm from which on Chromium's processes share memory there. */
const ENOUGH = 1024 ** 3;

/**
 * Whether what Chromium's processes share may be in memory. Playwright puts it on the disk, since
 * containers tend to give 64 MB: a busy disk then stops the browser for minutes.
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
  executablePath: CHROMIUM,
  args: [...FLAGS, ...flags],
  ignoreDefaultArgs: sharesMemory() ? [SHARE_ON_DISK] : [],
});

/** @param {string[]} flags further ones */
export const launch = (...flags) => chromium.launch(options(flags));

/** With a profile that is kept in this folder. */
export const launchIn = (folder) => chromium.launchPersistentContext(folder, options([]));

/**
 * By ChromeDriver, for tests of a page's memory: Playwright keeps what a page has sent and got, in the
 * page's own process.
 */
export function launchByDriver(...flags) {
  const options = new Options().addArguments("--headless=new", ...FLAGS, SHARE_ON_DISK, ...flags);
  options.setBinaryPath(CHROMIUM);
  return new Builder()
    .forBrowser("chrome")
    .setChromeOptions(options)
    .setChromeService(new ServiceBuilder("chromedriver"))
    .build();
}

/** Flags for a made-up camera and microphone that need no permission. */
export const FAKE_DEVICES = [
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
];
