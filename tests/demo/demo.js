// Page object of the demo: its elements and a user's actions.

import { recordTraffic } from "./traffic.js";

export class Demo {
  /** @param {import("playwright-core").Page} page */
  constructor(page) {
    this.page = page;
    /** Console errors (CSP violations are among them) and uncaught exceptions. @type {string[]} */
    this.consoleErrors = [];
    /** Returns all that the page has sent and received so far. */
    this.traffic = recordTraffic(page.context());
    /** Files that were chosen and not sent yet. */
    this.chosen = page.locator(".tray > li");
    /** Files that are being sent, or that failed. */
    this.outgoing = page.locator("#outbox > li");
    /** Delivered messages. */
    this.bubbles = page.locator("#messages > li");
    this.send = page.locator("#send");
    page.on("console", (message) => {
      if (message.type() === "error") this.consoleErrors.push(message.text());
    });
    page.on("pageerror", (error) => this.consoleErrors.push(String(error)));
  }

  /** Chooses files: paths, or `{name, mimeType, buffer}`. */
  async choose(...files) {
    await this.page.getByLabel("انتخاب فایل").setInputFiles(files);
  }

  /** Waits until `count` files are prepared. */
  async ready(count) {
    await this.page
      .locator('.chosen[data-state="ready"]')
      .nth(count - 1)
      .waitFor();
  }

  /** Waits until `count` messages have arrived and nothing is being sent. */
  async arrived(count) {
    await this.bubbles.nth(count - 1).waitFor();
    await this.outgoing.first().waitFor({ state: "hidden" });
  }

  /** Waits until one of `items` shows a failure; returns its sentence and its code. */
  async failure(items = this.outgoing) {
    const failure = items.locator(".failure").first();
    await failure.waitFor();
    const code = await failure.locator("small").textContent();
    const sentence = await failure.textContent();
    return { sentence: sentence.replace(code, "").trim(), code };
  }

  /** Presses the button with this name. */
  async press(name) {
    await this.page.getByRole("button", { name }).first().click();
  }

  /** Dispatches a drag or paste event with these files on the page. */
  async transfer(event, files) {
    const contents = files.map(({ name, mimeType, buffer }) => ({
      name,
      mimeType,
      base64: buffer.toString("base64"),
    }));
    await this.page.evaluate(dispatchTransfer, { event, contents });
  }

  /** Opens the developer view. */
  async openDeveloperView() {
    await this.press("نمای برنامه‌نویس");
    await this.page.locator("developer-view h2").waitFor();
  }
}

/** Runs in the page: dispatches the event that a browser dispatches for a user's drag or paste. */
function dispatchTransfer({ event, contents }) {
  const data = new DataTransfer();
  for (const { name, mimeType, base64 } of contents) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    data.items.add(new File([bytes], name, { type: mimeType }));
  }
  const options = { bubbles: true, cancelable: true };
  const dispatched =
    event === "paste"
      ? new ClipboardEvent(event, { ...options, clipboardData: data })
      : new DragEvent(event, { ...options, dataTransfer: data });
  document.querySelector("main").dispatchEvent(dispatched);
}
