// The demo's page in Firefox: what a person sees of it there, and does with it.

import { after } from "node:test";
import { Condition } from "selenium-webdriver";
import { Context } from "selenium-webdriver/firefox.js";
import { startFirefox } from "../../support/firefox.js";
import { DEMO_URL } from "../browser.js";

const LIMIT = 60_000;

/** One Firefox for each of the looks, since it takes seconds to start. */
const started = new Map();

after(async () => {
  for (const starting of started.values()) await (await starting).quit();
});

const start = (dark) =>
  startFirefox({
    arguments_: ["--width=1280", "--height=800"],
    preferences: { "ui.systemUsesDarkTheme": dark ? 1 : 0 },
    // `setOffline` and `setWidth` need it.
    controlsBrowser: true,
  });

/**
 * Opens the demo in a tab of its own, in which it has never been, and does `steps` with it.
 *
 * @param {(demo: FirefoxDemo) => Promise<void>} steps
 * @param {{dark?: boolean}} [looks]
 */
export async function withFirefox(steps, { dark = false } = {}) {
  if (!started.has(dark)) started.set(dark, start(dark));
  const driver = await started.get(dark);
  const idle = await driver.getWindowHandle();
  await driver.switchTo().newWindow("tab");
  try {
    await driver.get(DEMO_URL);
    await steps(new FirefoxDemo(driver));
  } finally {
    await forget(driver);
    await driver.close();
    await driver.switchTo().window(idle);
  }
}

/** The page keeps its language and its files in the profile, which the next test has as well. */
async function forget(driver) {
  await driver.executeScript(
    "localStorage.clear(); document.querySelector(arguments[0]).clear()",
    "divar-media-composer",
  );
  await driver.get(new URL("favicon.svg", DEMO_URL).href);
  await driver.executeAsyncScript(`
    const done = arguments[0];
    indexedDB.deleteDatabase("divar-media-composer").onsuccess = done;
  `);
}

class FirefoxDemo {
  /** @param {import("selenium-webdriver").WebDriver} driver */
  constructor(driver) {
    this.driver = driver;
  }

  /** The elements of the page, and those of the composer. */
  all = (css) => this.run(ALL, css);
  count = async (css) => (await this.all(css)).length;
  run = (script, ...values) => this.driver.executeScript(script, ...values);

  /** Waits until `css` finds something that is seen, and gives the first. */
  async see(css) {
    const visible = async () => {
      for (const element of await this.all(css)) if (await shown(element)) return element;
      return null;
    };
    return this.driver.wait(new Condition(`to see ${css}`, visible), LIMIT);
  }

  /** Waits until what `css` finds says what `pattern` matches. */
  async read(css, pattern) {
    const matching = async () => {
      const texts = await this.run(TEXTS, css);
      return texts.find((text) => pattern.test(text)) ?? null;
    };
    return this.driver.wait(new Condition(`${css} to say ${pattern}`, matching), LIMIT);
  }

  /** Waits until `css` finds so many. */
  async until(css, count) {
    const reached = async () => (await this.count(css)) === count;
    await this.driver.wait(new Condition(`${count} of ${css}`, reached), LIMIT);
  }

  async press(css) {
    await (await this.see(css)).click();
  }

  /** Chooses files by their paths, and waits until all of them are prepared. */
  async choose(...files) {
    const [input] = await this.all("#file");
    await input.sendKeys(files.map(({ path }) => path).join("\n"));
    await this.until('.chosen[data-state="ready"]', files.length);
  }

  /** Chooses files and sends them. */
  async begin(...files) {
    await this.choose(...files);
    await this.press("#send");
  }

  /** Waits until so many messages are there, and nothing is on its way any more. */
  async arrived(count) {
    await this.until("#messages > li", count);
    await this.until("#outbox > li", 0);
  }

  /** Drops or pastes files as `event`, somewhere on the page. */
  async hand(event, ...files) {
    const given = files.map(({ buffer, ...file }) => ({
      ...file,
      base64: buffer.toString("base64"),
    }));
    await this.run(HAND_OVER, event, given);
  }

  /** Makes the page narrower than a window of Firefox can be. */
  async setWidth(width) {
    const bidi = await this.driver.getBidi();
    const context = await this.driver.getWindowHandle();
    const params = { context, viewport: { width, height: 568 } };
    await bidi.send({ method: "browsingContext.setViewport", params });
  }

  /** Lets the network go or come back, as far as the browser tells the page. */
  async setOffline(offline) {
    await this.driver.setContext(Context.CHROME);
    await this.run("Services.io.offline = arguments[0]", offline);
    await this.driver.setContext(Context.CONTENT);
  }
}

/** It may be gone by the time that it is asked. */
const shown = (element) => element.isDisplayed().catch(() => false);

const ALL = `
  const composer = document.querySelector("divar-media-composer")?.shadowRoot;
  return [document, composer].flatMap((root) => [...(root?.querySelectorAll(arguments[0]) ?? [])]);
`;

const TEXTS = `
  const composer = document.querySelector("divar-media-composer")?.shadowRoot;
  return [document, composer]
    .flatMap((root) => [...(root?.querySelectorAll(arguments[0]) ?? [])])
    .map((one) => one.textContent);
`;

const HAND_OVER = `
  const [event, given] = arguments;
  const data = new DataTransfer();
  for (const { name, mimeType, base64 } of given) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    data.items.add(new File([bytes], name, { type: mimeType }));
  }
  const options = { bubbles: true, cancelable: true };
  const happens = new DragEvent(event, { ...options, dataTransfer: data });
  // What Firefox pastes into an event that a script made is empty.
  Object.defineProperty(happens, "clipboardData", { value: data });
  document.querySelector("main").dispatchEvent(happens);
`;
