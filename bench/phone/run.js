// What phones produce, from its selection to JPEG and to the last message over a mobile network, in headless
// Chromium, which decodes no HEIC. Run by `cargo xtask bench phone`.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSpace } from "../../tests/support/emulator.js";
import { startBrowser } from "../harness/browser.js";
import { compare, forEach, rounds } from "../harness/compare.js";
import { assertThrottled, LINK, minTime, throttle } from "../harness/link.js";
import { comparison, saveResults, summary, table, version } from "../harness/report.js";
import { makeHeics, makeVideo } from "./files.js";

const OURS = "divar-chat-media";
const PEERS = ["heic-to", "@uppy/compressor", "@uppy/xhr-upload", "mediabunny"];
const COLUMNS = { [OURS]: OURS, "heic-to, then Uppy": "heic-to and Uppy" };

const here = (path) => new URL(path, import.meta.url).href;
const folder = mkdtempSync(join(tmpdir(), "divar-bench-"));
const browser = await startBrowser(["image", "video"], [here("page.js")]);

/** The milliseconds of the first photograph in a page and of the second. */
async function decode(name, photos) {
  const page = await browser.openPage({ image: photos.paths.slice(0, 2) });
  const times = await page.evaluate((name) => globalThis.bench.decode(name), name);
  await page.close();
  return times;
}

/** One contender's files of one type, in a page that did nothing before. */
async function send(name, type, { paths }) {
  const space = openSpace();
  const { base, key } = space;
  const page = await browser.openPage({ [type]: paths });
  await throttle(page);
  const run = ([name, target]) => globalThis.bench.send(name, target);
  const ms = await page.evaluate(run, [name, { base, key, type }]);
  await page.close();
  const uploads = await space.requests("upload");
  const bytes = uploads.reduce((sum, request) => sum + request.body_bytes, 0);
  assertThrottled(bytes, ms);
  const messages = await space.messages();
  if (messages.length !== paths.length) throw new Error(`${messages.length} messages came`);
  await space.clear();
  return { ms, bytes };
}

const DECODED = ["the first photograph, to JPEG", "the second, to JPEG"];

async function decodeHeics(heics, contenders) {
  const { heic } = await compare({
    cases: ["heic"],
    contenders,
    rounds: rounds(3),
    measure: (_, name) => decode(name, heics),
  });
  return Object.fromEntries(
    DECODED.map((what, place) => [
      what,
      forEach(contenders, (name) => heic[name].map((times) => times[place])),
    ]),
  );
}

const seconds = (milliseconds) => (milliseconds / 1000).toFixed(1);
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

/** What arrives, and how long it takes beside the time that the link needs for the files as they are. */
function sentTable(sent) {
  const rows = sent.flatMap(({ what, files, runs }) => {
    const asIs = `${seconds(minTime(files.bytes))} at least; Divar refuses it`;
    return [
      [what, "as it is", "", asIs, megabytes(files.bytes)],
      ...Object.entries(runs).map(([name, all]) => {
        const times = all.map(({ ms }) => ms).sort((a, b) => a - b);
        const range = `${seconds(times[0])}–${seconds(times.at(-1))}`;
        return [what, name, all.length, range, megabytes(all[0].bytes)];
      }),
    ];
  });
  return table(["to the last message", "by", ">runs", ">s", ">MB sent"], rows);
}

async function bench() {
  const heics = makeHeics(folder);
  const video = makeVideo(folder);
  const page = await browser.openPage({});
  const contenders = await page.evaluate(() => globalThis.bench.contenders);
  await page.close();
  const decoded = await decodeHeics(heics, contenders);
  const files = { image: heics, video };
  const sent = {};
  for (const [type, those] of [
    ["image", contenders],
    ["video", [OURS]],
  ]) {
    const measure = (_, name) => send(name, type, files[type]);
    const measured = await compare({
      cases: [type],
      contenders: those,
      rounds: rounds(3),
      measure,
    });
    sent[type] = measured[type];
  }
  const sentRows = [
    { what: `${heics.paths.length} photographs in HEIC`, files: heics, runs: sent.image },
    { what: "a minute of 1080p video", files: video, runs: sent.video },
  ];
  const times = comparison({
    of: "HEIC of 12 megapixels",
    times: decoded,
    unit: "ms",
    digits: 0,
    ratio: "time",
  });
  const link = `${LINK.name}: ${LINK.bitsPerSecond / 1e6} Mbit/s each way, ${LINK.roundTrip} ms`;
  saveResults("phone", {
    title: "What phones produce",
    text: `${times}\n\n${sentTable(sentRows)}`,
    conditions: [link, `Chromium ${browser.version}`, PEERS.map(version).join(", ")],
    summary: summary(decoded, COLUMNS, { unit: "ms", digits: 0 }),
  });
}

try {
  await bench();
} catch (error) {
  console.error(`The benchmark failed: ${error.stack}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
