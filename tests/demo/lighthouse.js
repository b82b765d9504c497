// Runs Lighthouse's phone profile on the demo: `node tests/demo/lighthouse.js ADDRESS`. Prints the scores
// and fails if one is too low.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { CHROMIUM } from "../support/chromium.js";

/**
 * The minimum score of each category. Performance depends on the machine's speed, so its limit is only
 * the 75 that Divar requires of an app; delivery.js limits the bytes of the first load.
 */
const LOWEST = { performance: 75, accessibility: 100, "best-practices": 100 };
const CATEGORIES = Object.keys(LOWEST);
const METRICS = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time"];
/** Number of visits; the median counts. */
const RUNS = 3;

const chrome = await launch({
  chromePath: CHROMIUM,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
try {
  const results = [];
  for (let run = 0; run < RUNS; run += 1) results.push(await visit(process.argv[2]));
  for (const name of CATEGORIES) report(name, results);
} finally {
  chrome.kill();
}

/** Lighthouse's defaults are a mid-range phone on a slow mobile network. */
async function visit(address) {
  const flags = { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "error" };
  const { lhr } = await lighthouse(address, flags);
  const metrics = METRICS.map(
    (name) => `${lhr.audits[name].title} ${lhr.audits[name].displayValue}`,
  );
  console.log(metrics.join(", "));
  return lhr;
}

function report(name, results) {
  const score = ({ categories }) => Math.round(categories[name].score * 100);
  const sorted = results.toSorted((one, other) => score(one) - score(other));
  const middle = sorted[Math.floor(RUNS / 2)];
  const { title, auditRefs } = middle.categories[name];
  console.log(`${title}: ${score(middle)} (of ${sorted.map(score).join(", ")})`);
  if (score(middle) >= LOWEST[name]) return;
  process.exitCode = 1;
  const lost = auditRefs.map(({ id }) => middle.audits[id]).filter(({ score }) => score < 0.9);
  for (const { title, displayValue = "" } of lost) console.log(`  ${title}: ${displayValue}`);
}
