// Prepared videos and voice notes play and seek in Chromium.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "../support/chromium.js";
import { movies, recordings } from "./make/movies.js";
import { noise } from "./make/noise.js";
import { prepared } from "./prepared.js";

const long = { "of 49 MB": () => noise(49) };

let browser;
let page;

before(async () => {
  browser = await launch();
  page = await browser.newPage();
  await page.setContent('<input type="file">');
});
after(() => browser?.close());

/** Runs in the page: plays the chosen file, seeks twice, and returns positions, size and duration. */
async function play(tag) {
  const media = document.createElement(tag);
  const happens = (name) =>
    new Promise((resolve, reject) => {
      media.addEventListener(name, resolve, { once: true });
      media.addEventListener("error", () => reject(new Error(media.error.message)), { once: true });
    });
  media.muted = true;
  media.preload = "auto";
  document.body.append(media);
  const ready = happens("canplaythrough");
  media.src = URL.createObjectURL(document.querySelector("input").files[0]);
  await ready;
  const places = [];
  for (const share of [0.6, 0.2]) {
    const arrived = happens("seeked");
    media.currentTime = media.duration * share;
    await arrived;
    places.push(media.currentTime / media.duration);
  }
  const from = media.currentTime;
  await media.play();
  await happens("timeupdate");
  while (media.currentTime <= from) await happens("timeupdate");
  const { videoWidth: width, videoHeight: height, duration } = media;
  URL.revokeObjectURL(media.src);
  media.remove();
  return { places, width, height, duration };
}

for (const [name, make] of Object.entries({ ...movies, ...long })) {
  test(`video ${name}: plays and seeks as before`, async () => {
    const path = make();
    const before = await played(path, "video");
    const now = await played((await prepared(path, "video")).path, "video");
    assert.deepEqual(now, before);
    assert.ok(now.width > 0 && now.height > 0);
  });
}

for (const [name, make] of Object.entries(recordings)) {
  test(`${name}: plays and seeks`, async () => {
    const { path } = await prepared(make(), "voice");
    const { duration } = await played(path, "audio");
    assert.ok(Math.abs(duration - 3) < 0.2, `${duration} seconds`);
  });
}

async function played(path, tag) {
  await page.locator("input").setInputFiles(path);
  return page.evaluate(play, tag);
}
