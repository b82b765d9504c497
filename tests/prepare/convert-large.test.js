// A video of 300 MB, chosen from the disk: it is read in slices, and fits afterwards.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { launch } from "../support/chromium.js";
import { bundleConvert } from "./convert-scripts.js";
import { LARGE_SECONDS, makeLargeVideo, probe, ssim } from "./recordings.js";
import { serve } from "./server.js";

/** The limit of `video`, in bytes. */
const VIDEO = 50_000_000;
/** How often the memory is looked at, in milliseconds. */
const INTERVAL = 500;

const folder = await mkdtemp(join(tmpdir(), "video-"));
const path = join(folder, "video.mp4");
makeLargeVideo(path);
const server = await serve({}, await bundleConvert());
const browser = await launch();
after(async () => {
  await browser.close();
  server.close();
  await rm(folder, { recursive: true });
});

/** The memory of the browser's processes that is no file, not shared and no garbage, in bytes. */
async function memory(session, pageSession) {
  await pageSession.send("HeapProfiler.collectGarbage");
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const kilobytes = processInfo.map(({ id }) => {
    try {
      return Number(/RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, "utf8"))[1]);
    } catch {
      // It has ended.
      return 0;
    }
  });
  return kilobytes.reduce((sum, one) => sum + one, 0) * 1024;
}

test("a video of 300 MB becomes 720p and fits, and is never wholly in memory", async (t) => {
  const page = await browser.newPage();
  page.setDefaultTimeout(180_000);
  await page.goto(`${server.url}/convert`);
  await page.locator("input").setInputFiles(path);
  const sessions = [await browser.newBrowserCDPSession(), await page.context().newCDPSession(page)];
  const before = await memory(...sessions);
  let peak = before;
  let isDone = false;
  const watching = (async () => {
    while (!isDone) {
      peak = Math.max(peak, await memory(...sessions));
      await new Promise((resolve) => setTimeout(resolve, INTERVAL));
    }
  })();
  const started = performance.now();
  const converting = page.evaluate(async () =>
    (await import("/tests/prepare/inside/convert.js")).convertChosen(),
  );
  const size = await converting.finally(() => {
    isDone = true;
  });
  const seconds = (performance.now() - started) / 1000;
  await watching;
  const grown = Math.round((peak - before) / 1e6);
  t.diagnostic(`${size} bytes in ${seconds.toFixed(1)} s, with ${grown} MB of memory`);
  assert.ok(size <= VIDEO, `${size}`);
  // Frames of 1080p between decoder and encoder take most of it.
  assert.ok(peak - before < (await stat(path)).size, `${grown} MB`);
  const base64 = await page.evaluate(async () =>
    (await import("/tests/prepare/inside/convert.js")).chosenResult(),
  );
  const content = Buffer.from(base64, "base64");
  const { video, seconds: duration } = probe(content);
  const [{ width, height, codec_name }] = video;
  assert.deepEqual([width, height, codec_name], [1280, 720, "h264"]);
  assert.ok(Math.abs(duration - LARGE_SECONDS) < 0.2, `${duration} s`);
  const similarity = ssim(content, readFileSync(path), 3);
  assert.ok(similarity > 0.85, `${similarity}`);
});
