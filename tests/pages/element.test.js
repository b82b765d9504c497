// The composer as an app uses it: its attributes, methods and events.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch } from "../support/chromium.js";
import { openSpace } from "../support/emulator.js";
import { until } from "../support/wait.js";
import { buildProject, picture, serveProject } from "./project.js";

const PDF = {
  name: "a.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.from("%PDF-1.7\n%%EOF\n"),
};

const folder = mkdtempSync(join(tmpdir(), "divar-element-"));
const browser = await launch();
before(() => buildProject("composer", folder));
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** Opens a page with a composer that has these properties, and does `steps` with it. */
async function withComposer(properties, steps) {
  const emulator = openSpace();
  const app = await serveProject(folder, emulator);
  const page = await browser.newPage();
  try {
    await page.goto(app.url);
    const composer = page.locator("divar-media-composer").first();
    await composer.evaluate((element, given) => Object.assign(element, given), {
      chatUrl: emulator.base,
      ...properties,
    });
    const choose = (...files) => composer.locator("#file").setInputFiles(files);
    const ready = (count) =>
      composer
        .locator('[data-state="ready"]')
        .nth(count - 1)
        .waitFor();
    await steps({ page, composer, emulator, choose, ready });
  } finally {
    await page.close();
    app.close();
  }
}

test("is harmless to import on a server", async () => {
  const { DivarMediaComposer, en, fa } = await import("divar-chat-media/element");
  assert.equal(typeof DivarMediaComposer, "function");
  assert.deepEqual(Object.keys(en).sort(), Object.keys(fa).sort());
});

describe("the composer's attributes", () => {
  test("max-files refuses further files and shows why", async () => {
    await withComposer({ maxFiles: 2 }, async ({ composer, choose, ready }) => {
      await choose(picture("a.png"), picture("b.png"), picture("c.png"));
      await ready(2);
      assert.equal(await composer.locator(".file").count(), 2);
      assert.match(await composer.locator(".notice").textContent(), /۲/);
    });
  });

  test("accept refuses other media types beside the file", async () => {
    await withComposer({ accept: "image" }, async ({ composer, choose, ready }) => {
      assert.equal(await composer.locator("#file").getAttribute("accept"), "image/*,.heic");
      assert.equal(await composer.locator("#record").count(), 0);
      await choose(picture("a.png"), PDF);
      await ready(1);
      const told = await composer.locator('[data-state="refused"] .failure').textContent();
      assert.match(told, /unsupported_format/);
    });
  });

  test("disabled takes no file", async () => {
    await withComposer({ disabled: true }, async ({ composer }) => {
      assert.ok(await composer.locator("#file").isDisabled());
      const count = await composer.evaluate((element) => {
        element.addFiles([new File(["a"], "a.txt")]);
        return element.files.length;
      });
      assert.equal(count, 0);
    });
  });

  test("lang and strings change every text and the direction", async () => {
    await withComposer({ lang: "en" }, async ({ composer }) => {
      const inner = composer.locator(".composer");
      assert.equal(await inner.getAttribute("dir"), "ltr");
      await composer.getByRole("button", { name: "Send" }).waitFor();
      await composer.evaluate((element) => {
        element.lang = "fa";
      });
      await composer.getByRole("button", { name: "فرستادن" }).waitFor();
      assert.equal(await inner.getAttribute("dir"), "rtl");
    });
  });

  test("sends `headers` to the app's own routes only", async () => {
    await withComposer({}, async ({ page, composer, choose, ready }) => {
      const seen = [];
      page.on("request", (request) => {
        if (request.headers()["x-csrf"]) seen.push(new URL(request.url()).pathname);
      });
      await composer.evaluate((element) => {
        element.headers = { "x-csrf": "1" };
      });
      await choose(picture("a.png"));
      await ready(1);
      await composer.locator("#send").click();
      // Playwright may report a request after the server has it, but not after the page has the answer.
      await composer.locator(".file").waitFor({ state: "detached" });
      assert.deepEqual([...new Set(seen)], ["/divar/token", "/divar/messages"]);
    });
  });

  test("colours follow the page's color-scheme, and the app's own properties", async () => {
    await withComposer({}, async ({ page, composer }) => {
      const surface = () =>
        composer.evaluate((element) => getComputedStyle(element).backgroundColor);
      await page.emulateMedia({ colorScheme: "dark" });
      assert.equal(await surface(), "rgb(255, 255, 255)", "the page has no dark scheme");
      await page.evaluate(() => {
        document.documentElement.style.colorScheme = "dark";
      });
      assert.equal(await surface(), "rgb(36, 36, 36)");
      await composer.evaluate((element) => element.style.setProperty("--divar-surface", "#00f"));
      assert.equal(await surface(), "rgb(0, 0, 255)");
    });
  });
});

describe("the composer's methods and events", () => {
  test("divar-send can be cancelled; the files stay", async () => {
    await withComposer({}, async ({ composer, emulator, choose, ready }) => {
      await composer.evaluate((element) => {
        element.addEventListener("divar-send", (event) => event.preventDefault(), { once: true });
      });
      await choose(picture("a.png"));
      await ready(1);
      assert.equal(await composer.evaluate((element) => element.send()), false);
      assert.deepEqual(await emulator.requests(), []);
      assert.equal(await composer.evaluate((element) => element.send()), true);
      await until(async () => (await emulator.messages()).length === 1);
    });
  });

  test("dispatches events for sent and refused files", async () => {
    await withComposer({}, async ({ page, composer, emulator, choose, ready }) => {
      await emulator.fault({ on: "upload", status: { status: 403 } });
      await page.evaluate(() => {
        globalThis.heard = [];
        const hear = ({ type, detail }) =>
          globalThis.heard.push([type, detail.file?.name, detail.error?.code]);
        for (const type of ["divar-sent", "divar-error"]) addEventListener(type, hear);
      });
      await choose(picture("a.png"), picture("b.png"));
      await ready(2);
      await composer.locator("#send").click();
      await page.waitForFunction(() => globalThis.heard.length === 2);
      const heard = await page.evaluate(() => globalThis.heard);
      const failed = heard.find(([type]) => type === "divar-error");
      assert.equal(failed[2], "forbidden");
      assert.equal(heard.filter(([type]) => type === "divar-sent").length, 1);
    });
  });

  test("aborts and forgets its files when it is removed from the page", async () => {
    await withComposer({}, async ({ page, composer, emulator, choose, ready }) => {
      await emulator.fault({ on: "upload", stall_request: { after: 0 } });
      await choose(picture("a.png"));
      await ready(1);
      const aborted = page.waitForEvent("requestfailed");
      await composer.locator("#send").click();
      await until(async () => (await emulator.requests()).some(({ route }) => route === "upload"));
      const left = await composer.evaluate(async (element) => {
        element.remove();
        await Promise.resolve();
        return [element.files.length, element.isSending];
      });
      assert.deepEqual(left, [0, false]);
      await aborted;
      assert.deepEqual(await emulator.messages(), []);
    });
  });

  test("keeps its files when it is moved in the page", async () => {
    await withComposer({}, async ({ page, composer, choose, ready }) => {
      await choose(picture("a.png"));
      await ready(1);
      await page.evaluate(() => {
        const box = document.body.appendChild(document.createElement("div"));
        box.append(document.querySelector("divar-media-composer"));
      });
      await ready(1);
      assert.equal(await composer.evaluate((element) => element.files.length), 1);
    });
  });

  test("two composers on a page have separate files", async () => {
    await withComposer({}, async ({ page, composer, choose, ready }) => {
      await page.evaluate(() =>
        document.body.append(document.createElement("divar-media-composer")),
      );
      await choose(picture("a.png"));
      await ready(1);
      const counts = await page.evaluate(() =>
        [...document.querySelectorAll("divar-media-composer")].map(({ files }) => files.length),
      );
      assert.deepEqual(counts, [1, 0]);
      await composer.evaluate((element) => element.clear());
      assert.equal(await composer.locator(".file").count(), 0);
    });
  });
});

/** Puts the composer into a form, and notes in `submitted` what the form submits. */
const putIntoForm = (composer, properties = {}) =>
  composer.evaluate((element, given) => {
    const form = document.createElement("form");
    const button = document.createElement("button");
    button.id = "submit";
    form.append(button);
    document.body.append(form);
    form.prepend(element);
    Object.assign(element, given);
    globalThis.submitted = [];
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      globalThis.submitted.push(new FormData(form).getAll("media"));
    });
  }, properties);

describe("the composer in a form", () => {
  test("submits the media tokens of the delivered files, in their order, until it is reset", async () => {
    await withComposer({}, async ({ page, composer, emulator, choose, ready }) => {
      await putIntoForm(composer, { name: "media" });
      await page.evaluate(() => {
        globalThis.tokens = [];
        addEventListener("divar-sent", ({ detail }) => {
          globalThis.tokens.push(detail.file.mediaToken);
        });
      });
      await choose(picture("a.png"), picture("b.png"));
      await ready(2);
      await composer.locator("#send").click();
      await until(async () => (await emulator.messages()).length === 2);
      await page.waitForFunction(() => globalThis.tokens.length === 2);
      await page.locator("#submit").click();
      const [tokens, submitted] = await page.evaluate(() => [
        globalThis.tokens,
        globalThis.submitted,
      ]);
      assert.ok(tokens.every((token) => token.length > 0));
      assert.deepEqual(submitted, [tokens]);
      const afterReset = await composer.evaluate((element) => {
        element.form.reset();
        return new FormData(element.form).getAll("media");
      });
      assert.deepEqual(afterReset, []);
    });
  });

  test("is not submitted while a file is unsent", async () => {
    await withComposer({}, async ({ page, composer, choose, ready }) => {
      await putIntoForm(composer, { name: "media", lang: "en" });
      await choose(picture("a.png"));
      await ready(1);
      await page.locator("#submit").click();
      assert.deepEqual(await page.evaluate(() => globalThis.submitted), []);
      const [isValid, message, focused] = await composer.evaluate((element) => [
        element.checkValidity(),
        element.validationMessage,
        element.shadowRoot.activeElement?.id,
      ]);
      assert.equal(isValid, false);
      assert.equal(message, "Send or remove the files first.");
      assert.equal(focused, "file");
      await composer.evaluate((element) => element.clear());
      await page.waitForFunction(
        () => document.querySelector("divar-media-composer").validity.valid,
      );
      await page.locator("#submit").click();
      assert.deepEqual(await page.evaluate(() => globalThis.submitted), [[]]);
    });
  });

  test("a form's reset removes what was chosen", async () => {
    await withComposer({}, async ({ composer, choose, ready }) => {
      await putIntoForm(composer);
      await choose(picture("a.png"));
      await ready(1);
      const left = await composer.evaluate((element) => {
        element.form.reset();
        return element.files.length;
      });
      assert.equal(left, 0);
    });
  });

  test("a disabled fieldset disables it without changing `disabled`", async () => {
    await withComposer({}, async ({ composer }) => {
      const states = await composer.evaluate(async (element) => {
        const fieldset = document.createElement("fieldset");
        document.body.append(fieldset);
        fieldset.append(element);
        const state = async () => {
          await element.updateComplete;
          return [element.disabled, element.shadowRoot.querySelector("#file").disabled];
        };
        fieldset.disabled = true;
        const within = await state();
        fieldset.disabled = false;
        const enabled = await state();
        element.disabled = true;
        const own = await state();
        element.disabled = false;
        return { within, enabled, own, last: await state() };
      });
      assert.deepEqual(states, {
        within: [false, true],
        enabled: [false, false],
        own: [true, true],
        last: [false, false],
      });
    });
  });
});

describe("the composer's buttons under messages", () => {
  const grid = (caption) => ({
    rows: [{ buttons: [{ caption, action: { open_direct_link: "https://a.example/" } }] }],
  });

  test("a conversation between users gets one grid for each side", async () => {
    await withComposer({ target: "conversation" }, async ({ page, composer, choose, ready }) => {
      const bodies = [];
      await page.route("**/divar/messages", (route) => {
        bodies.push(route.request().postDataJSON());
        return route.fulfill({ json: {} });
      });
      await composer.evaluate((element, given) => Object.assign(element, given), {
        senderButtons: grid("mine"),
        receiverButtons: grid("theirs"),
        buttons: grid("neither"),
      });
      await choose(picture("a.png"));
      await ready(1);
      await composer.locator("#send").click();
      await until(() => bodies.length === 1);
      const text = JSON.stringify(bodies[0]);
      assert.match(text, /mine/);
      assert.match(text, /theirs/);
      assert.doesNotMatch(text, /neither/);
    });
  });
});
