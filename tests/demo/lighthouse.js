// What Lighthouse says of the page on a phone: `node tests/demo/lighthouse.js ADDRESS`. It prints its
// figures, and fails where one is under 95.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const LEAST = 95;
const CATEGORIES = ["performance", "accessibility", "best-practices"];

const chrome = await launch({
  chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
try {
  // Without settings of its own it is a middling phone on a slow mobile network.
  const { lhr } = await lighthouse(process.argv[2], {
    port: chrome.port,
    onlyCategories: CATEGORIES,
    logLevel: "error",
  });
  for (const name of CATEGORIES) report(name, lhr);
  const { audits } = lhr;
  for (const name of [
    "first-contentful-paint",
    "largest-contentful-paint",
    "total-blocking-time",
  ]) {
    console.log(`${audits[name].title}: ${audits[name].displayValue}`);
  }
} finally {
  chrome.kill();
}

function report(name, { categories, audits }) {
  const { score, title, auditRefs } = categories[name];
  console.log(`${title}: ${Math.round(score * 100)}`);
  if (score * 100 >= LEAST) return;
  process.exitCode = 1;
  const lost = auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score < 0.9);
  for (const { id } of lost) console.log(`  ${audits[id].title}: ${audits[id].displayValue ?? ""}`);
}
