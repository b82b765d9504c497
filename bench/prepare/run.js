// Ten photographs from their selection to the last message over a telephone's link, and a long film
// looked into and prepared, in headless Chromium. Run by `cargo xtask bench prepare`.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { noise } from "../../tests/media/make/long.js";
import { openSpace } from "../../tests/support/emulator.js";
import { startBrowser } from "../browser.js";
import { keep, median, version } from "../report.js";
import { assertSlow, LINK, slow } from "./link.js";
import { takePhotos } from "./photos.js";
import { filmTable, photoGlance, photoTable } from "./tables.js";
import { look } from "./witness.js";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "3" } } });
const rounds = Number(values.rounds);
const PEERS = ["@uppy/compressor", "@uppy/xhr-upload", "browser-image-compression"];
const LOOKS = 9;

const here = (path) => new URL(path, import.meta.url).href;
const modules = ["page.js", "../../pkg/dist/prepare/picture-worker.js", "compression.js"].map(here);
const folder = mkdtempSync(join(tmpdir(), "divar-bench-"));
const browser = await startBrowser(["image", "video"], modules);

/** One contender's way from the selection to the last message, in a page that did nothing before. */
async function once(name, photos) {
  const { base, key, ...space } = openSpace();
  const page = await browser.openPage({ image: photos.paths });
  await slow(page);
  const send = ([name, target]) => globalThis.bench.send(name, target);
  const took = await page.evaluate(send, [name, { base, key, type: "image" }]);
  await page.close();
  const uploads = await space.requests("upload");
  const bytes = uploads.reduce((sum, request) => sum + request.body_bytes, 0);
  assertSlow(bytes, took);
  const messages = await space.messages();
  if (messages.length !== photos.paths.length) throw new Error(`${messages.length} messages came`);
  const seen = look(folder, Buffer.from(await space.file(messages[0].media.media_token)));
  await space.clear();
  console.log(`  ${name}: ${(took / 1000).toFixed(1)} s, ${(bytes / 1e6).toFixed(1)} MB`);
  return { took, bytes, ...seen };
}

async function sendPhotos(photos) {
  const page = await browser.openPage({});
  const names = await page.evaluate(() => globalThis.bench.contenders);
  await page.close();
  const runs = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? names : names.toReversed();
    for (const name of order) runs[name].push(await once(name, photos));
  }
  return runs;
}

async function lookIntoFilm() {
  const path = noise(49);
  const page = await browser.openPage({ video: path });
  const rows = {};
  for (const name of ["inspectMedia", "prepareMedia"]) {
    const looks = [];
    for (let count = 0; count < LOOKS; count += 1) {
      looks.push(await page.evaluate((name) => globalThis.bench.look(name), name));
    }
    const [{ read, memory }] = looks;
    const { after } = looks.at(-1).memory;
    rows[name] = { took: median(looks.map(({ took }) => took)), read, ...memory, after };
  }
  await page.close();
  return { rows, size: statSync(path).size };
}

try {
  const film = await lookIntoFilm();
  const photos = takePhotos(folder);
  const runs = await sendPhotos(photos);
  const link = `${LINK.name}: ${LINK.bitsPerSecond / 1e6} Mbit/s each way, ${LINK.roundTrip} ms`;
  keep("prepare", {
    title: "Photographs over a telephone's link, and a long film looked into",
    text: `${photoTable(photos, runs)}\n\n${filmTable(film)}`,
    circumstances: [link, `Chromium ${browser.version}`, PEERS.map(version).join(", ")],
    glance: photoGlance(photos, runs),
  });
} catch (error) {
  console.error(`The benchmark failed: ${error.stack}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
