// What Lighthouse says of the page on a phone: `node tests/demo/lighthouse.js ADDRESS`. It prints its
// figures, and fails where one is under 95.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const LEAST = 95;
const CATEGORIES = ["performance", "accessibility", "best-practices"];
const METRICS = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time"];
/** What else a machine does shows in the first figure: the middle one of so many counts. */
const RUNS = 7;

const chrome = await launch({
  chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
try {
  const results = [];
  for (let run = 0; run < RUNS; run += 1) results.push(await visit(process.argv[2]));
  for (const name of CATEGORIES) judge(name, results);
} finally {
  chrome.kill();
}

/** Without settings of its own it is a middling phone on a slow mobile network. */
async function visit(address) {
  const flags = { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "error" };
  const { lhr } = await lighthouse(address, flags);
  const told = METRICS.map((name) => `${lhr.audits[name].title} ${lhr.audits[name].displayValue}`);
  console.log(told.join(", "));
  return lhr;
}

function judge(name, results) {
  const score = ({ categories }) => Math.round(categories[name].score * 100);
  const sorted = results.toSorted((one, other) => score(one) - score(other));
  const middle = sorted[Math.floor(RUNS / 2)];
  const { title, auditRefs } = middle.categories[name];
  console.log(`${title}: ${score(middle)} (of ${sorted.map(score).join(", ")})`);
  if (score(middle) >= LEAST) return;
  process.exitCode = 1;
  const lost = auditRefs.map(({ id }) => middle.audits[id]).filter(({ score }) => score < 0.9);
  for (const { title, displayValue = "" } of lost) console.log(`  ${title}: ${displayValue}`);
}
