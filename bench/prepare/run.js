// Ten photographs from their selection to the last message over a mobile network, and a long video that is
// inspected and prepared, in headless Chromium. Run by `cargo xtask bench prepare`.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noise } from "../../tests/media/make/noise.js";
import { openSpace } from "../../tests/support/emulator.js";
import { startBrowser } from "../harness/browser.js";
import { compare, rounds } from "../harness/compare.js";
import { assertThrottled, LINK, throttle } from "../harness/link.js";
import { saveResults, version } from "../harness/report.js";
import { inspect } from "./inspect.js";
import { makePhotos } from "./photos.js";
import { photoSummary, photoTable, videoTable } from "./tables.js";

const PEERS = ["@uppy/compressor", "@uppy/xhr-upload", "browser-image-compression"];
const VIDEO_RUNS = 9;

const here = (path) => new URL(path, import.meta.url).href;
const folder = mkdtempSync(join(tmpdir(), "divar-bench-"));
const browser = await startBrowser(
  ["image", "video"],
  ["page.js", "compression-worker.js"].map(here),
);

/** One contender's photographs, in a page that did nothing before. */
async function send(name, photos) {
  const space = openSpace();
  const { base, key } = space;
  const page = await browser.openPage({ image: photos.paths });
  await throttle(page);
  const run = ([name, target]) => globalThis.bench.send(name, target);
  const ms = await page.evaluate(run, [name, { base, key, type: "image" }]);
  await page.close();
  const uploads = await space.requests("upload");
  const bytes = uploads.reduce((sum, request) => sum + request.body_bytes, 0);
  assertThrottled(bytes, ms);
  const messages = await space.messages();
  if (messages.length !== photos.paths.length) throw new Error(`${messages.length} messages came`);
  const uploaded = await space.file(messages[0].media.media_token);
  const seen = inspect(folder, Buffer.from(uploaded));
  await space.clear();
  console.log(`  ${name}: ${(ms / 1000).toFixed(1)} s, ${(bytes / 1e6).toFixed(1)} MB`);
  return { ms, bytes, ...seen };
}

async function sendPhotos(photos) {
  const page = await browser.openPage({});
  const contenders = await page.evaluate(() => globalThis.bench.contenders);
  await page.close();
  const measure = (_, name) => send(name, photos);
  const { photos: runs } = await compare({
    cases: ["photos"],
    contenders,
    rounds: rounds(3),
    measure,
  });
  return runs;
}

async function prepareVideo() {
  const path = noise(49);
  const page = await browser.openPage({ video: path });
  const { video } = await compare({
    cases: ["video"],
    contenders: ["inspectMedia", "prepareMedia"],
    rounds: VIDEO_RUNS,
    measure: (_, name) => page.evaluate((name) => globalThis.bench.measure(name), name),
  });
  await page.close();
  return { measured: video, size: statSync(path).size };
}

try {
  const video = await prepareVideo();
  const photos = makePhotos(folder);
  const runs = await sendPhotos(photos);
  const link = `${LINK.name}: ${LINK.bitsPerSecond / 1e6} Mbit/s each way, ${LINK.roundTrip} ms`;
  saveResults("prepare", {
    title: "Photographs over a mobile network, and a long video",
    text: `${photoTable(photos, runs)}\n\n${videoTable(video)}`,
    conditions: [link, `Chromium ${browser.version}`, PEERS.map(version).join(", ")],
    summary: photoSummary(photos, runs),
  });
} catch (error) {
  console.error(`The benchmark failed: ${error.stack}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
