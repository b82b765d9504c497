// From `import` to the first call's answer, in headless Chromium: the package, and what people would
// import instead. Run by `cargo xtask bench start`.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { launch, launchIn } from "../../tests/support/chromium.js";
import { order } from "../order.js";
import { cells, inShort, keep, table, version } from "../report.js";
import { openSite } from "./site.js";
import { coldVisit, warmUp, warmVisit } from "./visit.js";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "12" } } });
const rounds = Number(values.rounds);

/** Each script, and what is called first. */
const CONTENDERS = {
  axios: { script: "axios.js", first: "first" },
  "@uppy/core with @uppy/xhr-upload": { script: "uppy.js", first: "first" },
  "divar-chat-media": { script: "ours.js", first: "first" },
  "divar-chat-media, buildMediaMessage first": { script: "ours.js", first: "firstNow" },
  "divar-chat-media, were it streamed": { script: "streamed.js", first: "first" },
};
const REFERENCE = "axios";
const CONDITIONS = {
  cold: {},
  "cold, processor slowed 4 times": { cpu: 4 },
  "cold, over 4G": { link: true },
  warm: { isWarm: true },
  "warm, processor slowed 4 times": { isWarm: true, cpu: 4 },
};
/** In the report at a glance. */
const COLUMNS = {
  "divar-chat-media": "divar-chat-media",
  axios: "axios",
  "@uppy/core with @uppy/xhr-upload": "Uppy",
};
const PEERS = ["axios", "@uppy/core", "@uppy/xhr-upload"];

const folder = mkdtempSync(join(tmpdir(), "divar-bench-"));
const site = await openSite([...new Set(Object.values(CONTENDERS).map(({ script }) => script))]);
const browser = await launch();
const profile = await launchIn(folder);

const perName = (of, make) => Object.fromEntries(Object.keys(of).map((name) => [name, make(name)]));

async function once(name, condition) {
  const contender = CONTENDERS[name];
  return condition.isWarm
    ? warmVisit(profile, site.url, contender, condition)
    : coldVisit(browser, site.url, contender, condition);
}

async function compare() {
  const names = Object.keys(CONTENDERS);
  await warmUp(profile, site.url, Object.values(CONTENDERS));
  const times = perName(CONDITIONS, () => perName(CONTENDERS, () => []));
  for (let round = 0; round < rounds; round += 1) {
    for (const [condition, how] of Object.entries(CONDITIONS)) {
      for (const name of order(names, round)) {
        times[condition][name].push((await once(name, how)).took);
      }
    }
    console.log(`  round ${round + 1} of ${rounds}`);
  }
  return times;
}

function tableOf(times) {
  const rows = Object.entries(times).flatMap(([condition, contenders]) =>
    Object.entries(contenders).map(([name, all]) => {
      return [condition, name, all.length, ...cells(all, contenders[REFERENCE])];
    }),
  );
  const columns = ["start", "of", ">runs", ">median ms", ">min–max", `>time, ${REFERENCE} = 1`];
  return table(columns, rows);
}

try {
  const times = await compare();
  keep("start", {
    title: "From `import` to the first call's answer",
    text: tableOf(times),
    circumstances: [`Chromium ${browser.version()}`, PEERS.map(version).join(", ")],
    glance: Object.entries(times).map(([condition, contenders]) => ({
      what: `start, ${condition}, ms`,
      by: inShort(COLUMNS, contenders),
    })),
  });
} finally {
  await profile.close();
  await browser.close();
  site.close();
  rmSync(folder, { recursive: true });
}
