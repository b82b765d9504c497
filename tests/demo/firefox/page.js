// Page object of the demo in Firefox.

import { after } from "node:test";
import { Condition } from "selenium-webdriver";
import { Context } from "selenium-webdriver/firefox.js";
import { startFirefox } from "../../support/firefox.js";
import { DEMO_URL } from "../browser.js";

const LIMIT = 60_000;

/** One Firefox for each colour scheme, shared by the tests, since it takes seconds to start. */
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
 * Opens the demo in a new tab without stored data, and runs `steps` with it.
 *
 * @param {(demo: FirefoxDemo) => Promise<void>} steps
 * @param {{dark?: boolean}} [scheme]
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

/** Deletes the stored language and files, since the next test shares the profile. */
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

  /** Elements of the page and of the composer's shadow root. */
  all = (css) => this.run(ALL, css);
  count = async (css) => (await this.all(css)).length;
  run = (script, ...values) => this.driver.executeScript(script, ...values);

  /** Waits for the first visible element. */
  async see(css) {
    const visible = async () => {
      for (const element of await this.all(css)) if (await shown(element)) return element;
      return null;
    };
    return this.driver.wait(new Condition(`to see ${css}`, visible), LIMIT);
  }

  /** Waits for the first element whose text matches `pattern`; returns the text. */
  async read(css, pattern) {
    const matching = async () => {
      const texts = await this.run(TEXTS, css);
      return texts.find((text) => pattern.test(text)) ?? null;
    };
    return this.driver.wait(new Condition(`${css} to match ${pattern}`, matching), LIMIT);
  }

  /** Waits until there are `count` elements. */
  async until(css, count) {
    const reached = async () => (await this.count(css)) === count;
    await this.driver.wait(new Condition(`${count} of ${css}`, reached), LIMIT);
  }

  async press(css) {
    await (await this.see(css)).click();
  }

  /** Chooses files by path and waits until they are prepared. */
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

  /** Waits until `count` messages have arrived and nothing is being sent. */
  async arrived(count) {
    await this.until("#messages > li", count);
    await this.until("#outbox > li", 0);
  }

  /** Dispatches a drag or paste event with these files on the page. */
  async transfer(event, ...files) {
    const contents = files.map(({ buffer, ...file }) => ({
      ...file,
      base64: buffer.toString("base64"),
    }));
    await this.run(DISPATCH_TRANSFER, event, contents);
  }

  /** Sets the viewport's width, below the smallest window of Firefox. */
  async setWidth(width) {
    const bidi = await this.driver.getBidi();
    const context = await this.driver.getWindowHandle();
    const params = { context, viewport: { width, height: 568 } };
    await bidi.send({ method: "browsingContext.setViewport", params });
  }

  /** Sets `navigator.onLine` and dispatches its events; requests to localhost still work. */
  async setOffline(offline) {
    await this.driver.setContext(Context.CHROME);
    await this.run("Services.io.offline = arguments[0]", offline);
    await this.driver.setContext(Context.CONTENT);
  }
}

/** False too if the element has been removed in the meantime. */
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

const DISPATCH_TRANSFER = `
  const [event, contents] = arguments;
  const data = new DataTransfer();
  for (const { name, mimeType, base64 } of contents) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    data.items.add(new File([bytes], name, { type: mimeType }));
  }
  const options = { bubbles: true, cancelable: true };
  const dispatched = new DragEvent(event, { ...options, dataTransfer: data });
  // Firefox empties the clipboardData of a ClipboardEvent that a script constructs.
  Object.defineProperty(dispatched, "clipboardData", { value: data });
  document.querySelector("main").dispatchEvent(dispatched);
`;
