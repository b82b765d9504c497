// What a person sees of the demo's page, and does with it.

import { recordTraffic } from "./traffic.js";

export class Demo {
  /** @param {import("playwright-core").Page} page */
  constructor(page) {
    this.page = page;
    /** Console errors (CSP violations are among them) and uncaught exceptions. @type {string[]} */
    this.complaints = [];
    /** Gives all that the page has sent and got so far. */
    this.traffic = recordTraffic(page.context());
    /** What was chosen and not sent yet. */
    this.chosen = page.locator(".tray > li");
    /** What is on its way, or has failed on it. */
    this.going = page.locator("#outbox > li");
    /** What has arrived. */
    this.bubbles = page.locator("#messages > li");
    this.send = page.locator("#send");
    page.on("console", (said) => said.type() === "error" && this.complaints.push(said.text()));
    page.on("pageerror", (error) => this.complaints.push(String(error)));
  }

  /** Chooses files: paths, or `{name, mimeType, buffer}`. */
  async choose(...files) {
    await this.page.getByLabel("انتخاب فایل").setInputFiles(files);
  }

  /** Waits until `count` files were prepared. */
  async ready(count) {
    await this.page
      .locator('.chosen[data-state="ready"]')
      .nth(count - 1)
      .waitFor();
  }

  /** Waits until so many messages have arrived, and nothing is on its way any more. */
  async arrived(count) {
    await this.bubbles.nth(count - 1).waitFor();
    await this.going.first().waitFor({ state: "hidden" });
  }

  /** Waits until a file that was sent tells of a failure; returns the sentence and the small print. */
  async failure(place = this.going) {
    const told = place.locator(".failure").first();
    await told.waitFor();
    const code = await told.locator("small").textContent();
    const sentence = await told.textContent();
    return { sentence: sentence.replace(code, "").trim(), code };
  }

  /** Presses what stands on a button. */
  async press(name) {
    await this.page.getByRole("button", { name }).first().click();
  }

  /** Drops or pastes files as `event`, somewhere on the page. */
  async hand(event, files) {
    const given = files.map(({ name, mimeType, buffer }) => ({
      name,
      mimeType,
      base64: buffer.toString("base64"),
    }));
    await this.page.evaluate(handOver, { event, given });
  }

  /** Opens the developer's view. */
  async develop() {
    await this.press("نمای برنامه‌نویس");
    await this.page.locator("developer-view h2").waitFor();
  }
}

/** Runs in the page: what a browser does when a person drops or pastes. */
function handOver({ event, given }) {
  const data = new DataTransfer();
  for (const { name, mimeType, base64 } of given) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    data.items.add(new File([bytes], name, { type: mimeType }));
  }
  const options = { bubbles: true, cancelable: true };
  const happens =
    event === "paste"
      ? new ClipboardEvent(event, { ...options, clipboardData: data })
      : new DragEvent(event, { ...options, dataTransfer: data });
  document.querySelector("main").dispatchEvent(happens);
}
