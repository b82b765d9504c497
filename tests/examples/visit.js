// A visit of an example's page, in a browser of its own.
import assert from "node:assert/strict";
import { launch } from "../support/chromium.js";

/** As strict as an app can have it: Lit and Vue make policies for Trusted Types. */
const policy = (chatUrl) =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "worker-src 'self'",
    `connect-src 'self' ${new URL(chatUrl).origin}`,
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    "require-trusted-types-for 'script'",
    "trusted-types lit-html vue",
  ].join("; ");

/**
 * Opens the page, gives it to `act`, and checks that its console has no complaint.
 *
 * @param {string} url
 * @param {(page: import("playwright-core").Page) => Promise<void>} act
 * @param {{ chatUrl?: string }} [options] the address of Divar's chat host, for a page that is to be
 * served under a strict policy
 */
export async function visit(url, act, { chatUrl } = {}) {
  // An answer that Playwright gives has no address, so Chromium takes its page for one of the public network.
  const browser = await launch("--disable-features=LocalNetworkAccessChecks");
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(30_000);
    const complaints = listen(page);
    if (chatUrl) await serveUnderPolicy(page, url, policy(chatUrl));
    await page.goto(url);
    await act(page).catch((cause) => {
      throw new Error(["the page's console:", ...complaints].join("\n"), { cause });
    });
    assert.deepEqual(complaints, [], "the page's console");
  } finally {
    await browser.close();
  }
}

/** Adds the header to the document's answer, whatever server gives it. */
const serveUnderPolicy = (page, url, policy) =>
  page.route(url, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), "content-security-policy": policy };
    await route.fulfill({ response, headers });
  });

/** Console errors, violations of the policy among them, and uncaught exceptions. */
function listen(page) {
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // The browser itself asks for an icon, and the examples have none.
    const ours = !message.location().url.endsWith("/favicon.ico");
    if (message.type() === "error" && ours) complaints.push(message.text());
  });
  return complaints;
}
