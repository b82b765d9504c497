import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Builder, By, until } from "selenium-webdriver";
import { Options, ServiceBuilder } from "selenium-webdriver/firefox.js";
import { DEMO_URL } from "./browser.js";
import { acceptedMessages, script } from "./emulator.js";
import { media } from "./media.js";

const LIMIT = 15_000;

async function withFirefox(steps) {
  const options = new Options().addArguments("-headless");
  options.setBinary(process.env.FIREFOX ?? "/usr/bin/firefox-esr");
  const driver = await new Builder()
    .forBrowser("firefox")
    .setFirefoxOptions(options)
    .setFirefoxService(new ServiceBuilder("geckodriver"))
    .build();
  try {
    await driver.get(DEMO_URL);
    await steps(driver);
  } finally {
    await driver.quit();
  }
}

const see = (driver, css) => driver.wait(until.elementLocated(By.css(css)), LIMIT, css);
const press = async (driver, css) => (await see(driver, css)).click();

/** Waits until so many messages have arrived. */
const arrived = (driver, count) =>
  driver.wait(
    async () => (await driver.findElements(By.css("#messages > li"))).length === count,
    LIMIT,
    `${count} messages`,
  );

async function choose(driver, ...files) {
  const input = await see(driver, "#file");
  await input.sendKeys(files.map(({ path }) => path).join("\n"));
  await driver.wait(
    async () =>
      (await driver.findElements(By.css('.chosen[data-state="ready"]'))).length === files.length,
    LIMIT,
  );
}

describe("the page in Firefox", () => {
  test("files of every kind arrive", async () => {
    await withFirefox(async (driver) => {
      const files = [media.jpeg, media.png, media.mp4, media.m4a, media.pdf];
      await choose(driver, ...files);
      await press(driver, "#send");
      await arrived(driver, files.length);
      const names = (await acceptedMessages()).map((message) => message.media.name);
      assert.deepEqual(names.sort(), files.map(({ name }) => name).sort());
    });
  });

  test("a failure is told, and trying again helps", async () => {
    await script({ on: "upload", status: { status: 403 } });
    await withFirefox(async (driver) => {
      await choose(driver, media.jpeg);
      await press(driver, "#send");
      const told = await see(driver, "#outbox .failure");
      assert.match(await told.getText(), /[\u0600-\u06ff]/u);
      await press(driver, "#outbox .actions button");
      await arrived(driver, 1);
    });
  });

  test("the lightbox, the developer's view and English work", async () => {
    await withFirefox(async (driver) => {
      await choose(driver, media.large);
      await press(driver, "#send");
      await press(driver, "#messages .picture");
      await see(driver, "dialog[open] img");
      await press(driver, "dialog .close");
      await press(driver, "#developer");
      assert.equal((await driver.findElements(By.css(".calls > li"))).length, 3);
      await press(driver, "developer-view .head button");
      await press(driver, "header .plain");
      assert.equal(await driver.executeScript("return document.documentElement.dir"), "ltr");
    });
  });

  test("that it records nothing which Divar takes is said", async () => {
    await withFirefox(async (driver) => {
      await press(driver, "#record");
      const told = await see(driver, "#composer > .failure");
      assert.match(await told.getText(), /cannot_record/);
    });
  });
});
