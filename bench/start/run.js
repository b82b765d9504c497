// From `import` to the first call's answer, in headless Chromium: the package, and what people would
// import instead. Run by `cargo xtask bench start`.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, launchIn } from "../../tests/support/chromium.js";
import { compare, rounds } from "../harness/compare.js";
import { comparison, saveResults, summary, version } from "../harness/report.js";
import { openSite } from "./site.js";
import { coldVisit, warmUp, warmVisit } from "./visit.js";

/** Each contender's name in the page, and the first call. */
const CONTENDERS = {
  axios: { name: "axios", first: "first" },
  "@uppy/core with @uppy/xhr-upload": { name: "uppy", first: "first" },
  "divar-chat-media": { name: "divar-chat-media", first: "first" },
  "divar-chat-media, buildMediaMessage first": {
    name: "divar-chat-media",
    first: "firstSync",
  },
  "divar-chat-media, the servers' module streamed": { name: "streamed", first: "first" },
};
const CONDITIONS = {
  cold: {},
  "cold, processor slowed 4 times": { cpu: 4 },
  "cold, over 4G": { link: true },
  warm: { isWarm: true },
  "warm, processor slowed 4 times": { isWarm: true, cpu: 4 },
};
/** The columns in the summary. */
const COLUMNS = {
  "divar-chat-media": "divar-chat-media",
  axios: "axios",
  "@uppy/core with @uppy/xhr-upload": "Uppy",
};
const PEERS = ["axios", "@uppy/core", "@uppy/xhr-upload"];

const folder = mkdtempSync(join(tmpdir(), "divar-bench-"));
const site = await openSite();
const browser = await launch();
const profile = await launchIn(folder);

async function visit(condition, name) {
  const how = CONDITIONS[condition];
  const { ms } = how.isWarm
    ? await warmVisit(profile, site.url, CONTENDERS[name], how)
    : await coldVisit(browser, site.url, CONTENDERS[name], how);
  return ms;
}

try {
  await warmUp(profile, site.url, Object.values(CONTENDERS));
  const measured = await compare({
    cases: Object.keys(CONDITIONS),
    contenders: Object.keys(CONTENDERS),
    rounds: rounds(),
    measure: visit,
  });
  const times = Object.fromEntries(
    Object.entries(measured).map(([condition, all]) => [`start, ${condition}`, all]),
  );
  saveResults("start", {
    title: "From `import` to the first call's answer",
    text: comparison({ of: "start", times: measured, unit: "ms", ratio: "time, axios = 1" }),
    conditions: [`Chromium ${browser.version()}`, PEERS.map(version).join(", ")],
    summary: summary(times, COLUMNS, { unit: "ms" }),
  });
} finally {
  await profile.close();
  await browser.close();
  site.close();
  rmSync(folder, { recursive: true });
}
