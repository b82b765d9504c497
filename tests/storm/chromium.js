// The storm in a page of Chromium, through the browser's own fetch and
// XMLHttpRequest. Run by `cargo xtask storm`.
import { launch } from "../chromium.js";
import { servePage } from "./served.js";
import { announce, IN_A_PAGE, settings, show } from "./terminal.js";

const plan = { ...settings(), ...IN_A_PAGE };
const served = await servePage();
const browser = await launch();
try {
  announce(`Chromium ${browser.version()}`, plan);
  const page = await browser.newPage();
  page.on("console", (said) => said.type() === "log" && console.log(said.text()));
  const thrown = [];
  page.on("pageerror", (error) => thrown.push(`thrown in the page: ${error}`));
  await page.goto(served.url);
  const outcome = await page.evaluate((plan) => globalThis.storm(plan), plan);
  outcome.complaints.push(...thrown);
  show(plan, outcome);
} finally {
  await browser.close();
  served.close();
}
