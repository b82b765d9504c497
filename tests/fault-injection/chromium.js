// The scenarios in a page of Chromium, through the browser's own fetch and XMLHttpRequest. Run by
// `cargo xtask storm`.
import { launch } from "../support/chromium.js";
import { servePage } from "./server.js";
import { announce, IN_A_PAGE, settings, show } from "./terminal.js";

const plan = { ...settings(), ...IN_A_PAGE };
const server = await servePage();
const browser = await launch();
try {
  announce(`Chromium ${browser.version()}`, plan);
  const page = await browser.newPage();
  page.on("console", (message) => message.type() === "log" && console.log(message.text()));
  const thrown = [];
  page.on("pageerror", (error) => thrown.push(`thrown in the page: ${error}`));
  await page.goto(server.url);
  const outcome = await page.evaluate((plan) => globalThis.runScenarios(plan), plan);
  outcome.problems.push(...thrown);
  show(plan, outcome);
} finally {
  await browser.close();
  server.close();
}
