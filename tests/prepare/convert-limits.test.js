// Codecs and disks that misbehave: rates that are exceeded, codecs and files that give nothing more.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch } from "../support/chromium.js";
import { bundleConvert } from "./convert-scripts.js";
import { makeRecordings, makeSilence, probe } from "./recordings.js";
import { serve } from "./server.js";

/** No step takes longer, in milliseconds. */
const LIMIT = 30_000;

const media = {
  ...makeRecordings(["pattern-vp9.webm", "rotated.mov", "sixty.webm", "silent.webm", "tone.ogg"]),
  ...makeSilence(90),
};
const server = await serve(media, await bundleConvert());
const browser = await launch();
after(async () => {
  await browser.close();
  server.close();
});

/** Hands `steps` a way to call the functions of inside/convert.js in a page that `prepare` has readied. */
async function withPage(prepare, steps) {
  const page = await browser.newPage();
  page.setDefaultTimeout(LIMIT);
  await page.addInitScript(prepare);
  await page.goto(`${server.url}/convert`);
  const call = (name, ...args) =>
    page.evaluate(
      async ([name, args]) => (await import("/tests/prepare/inside/convert.js"))[name](...args),
      [name, args],
    );
  try {
    await steps(call, page);
  } finally {
    await page.close();
  }
}

/** Moves the page's clock on once the page waits, and checks that `outcome` is not there yet. */
async function assertPending(page, outcome, milliseconds) {
  await page.waitForFunction(() => globalThis.isWaiting);
  await page.clock.fastForward(milliseconds);
  const pending = Symbol("pending");
  const turn = page.evaluate(() => {}).then(() => pending);
  assert.equal(await Promise.race([outcome, turn]), pending);
}

/** Keeps the rates that encoders of videos are asked for, of which `change` makes those that they get. */
const withRates = (change) => ({
  content: `
    globalThis.rates = [];
    const { configure } = VideoEncoder.prototype;
    VideoEncoder.prototype.configure = function (config) {
      rates.push(config.bitrate);
      return configure.call(this, { ...config, bitrate: (${change})(config.bitrate) });
    };
  `,
});
/** The rates in their order, each once: an encoder is configured more than once in an attempt. */
const ratesIn = (page) => page.evaluate(() => [...new Set(globalThis.rates)]);

/** Below the best quality's size, and near the one of the other. */
const LIMITS = { scarce: { maxBytes: 180_000 }, ample: { maxBytes: 250_000 } };

for (const [limit, excess] of [
  ["scarce", 1.3],
  ["ample", 1.6],
]) {
  test(`an encoder that exceeds its rate by ${excess} is started again at a lower one, where bytes are ${limit}`, async () => {
    await withPage(withRates(`(rate) => rate * ${excess}`), async (call, page) => {
      const { base64, size, progress } = await call("convert", "rotated.mov", null, LIMITS[limit]);
      assert.ok(size <= LIMITS[limit].maxBytes, `${size}`);
      const rates = await ratesIn(page);
      assert.ok(rates.length > 1, "the first rate did fit");
      assert.deepEqual(
        rates,
        [...rates].sort((one, other) => other - one),
      );
      assert.equal(probe(Buffer.from(base64, "base64")).video[0].codec_name, "h264");
      assert.equal(progress.at(-1)[1], 1);
    });
  });
}

test("an encoder that exceeds every rate ends as too large after three attempts", async () => {
  await withPage(
    withRates(() => 900_000),
    async (call, page) => {
      const { code, message } = await call("refusal", "rotated.mov", null, LIMITS.scarce);
      assert.equal(code, "file_too_large");
      assert.match(message, /exceeds the limit at every rate/);
      assert.equal((await ratesIn(page)).length, 3);
    },
  );
});

test("60 frames a second fit at the first rate", async () => {
  await withPage(
    withRates((rate) => rate),
    async (call, page) => {
      await call("convert", "sixty.webm", null, { maxBytes: 350_000 });
      assert.equal((await ratesIn(page)).length, 1);
    },
  );
});

/** Passes this many frames to encoders, and drops the others. */
function stallEncoder(frames) {
  const { encode, flush } = VideoEncoder.prototype;
  let count = 0;
  VideoEncoder.prototype.encode = function (...args) {
    count += 1;
    globalThis.isWaiting = count > frames;
    if (!globalThis.isWaiting) encode.apply(this, args);
  };
  VideoEncoder.prototype.flush = function () {
    return globalThis.isWaiting ? new Promise(() => {}) : flush.call(this);
  };
}

for (const frames of [0, 40]) {
  test(`a codec that gives nothing more after ${frames} frames ends after a minute as cannot_convert`, async () => {
    await withPage({ content: `(${stallEncoder})(${frames})` }, async (call, page) => {
      await page.clock.install();
      const refused = call("refusal", "silent.webm");
      await assertPending(page, refused, 59_000);
      // The frames that the encoder had may be finished after this, and count as progress.
      await page.clock.fastForward(72_000);
      const { code, message } = await refused;
      assert.deepEqual([code, message], ["cannot_convert", "the browser's codecs have stopped"]);
    });
  });
}

test("a file that gives no bytes ends after two minutes as unreadable", async () => {
  const stallFiles = () => {
    globalThis.stallFiles = () => {
      const wait = () => {
        globalThis.isWaiting = true;
        return new Promise(() => {});
      };
      Blob.prototype.arrayBuffer = wait;
      Blob.prototype.stream = () => new ReadableStream({ pull: wait });
    };
  };
  await withPage(stallFiles, async (call, page) => {
    await page.clock.install();
    const refused = call("unreadable", "tone.ogg");
    await assertPending(page, refused, 119_000);
    await page.clock.fastForward(2_000);
    assert.equal((await refused).code, "file_unreadable");
  });
});

test("one file is converted at a time", async () => {
  await withPage(
    () => {},
    async (call) => {
      const names = ["sixty.webm", "silent.webm", "pattern-vp9.webm"];
      const { most, sizes } = await call("together", names);
      assert.equal(most, 1);
      assert.ok(
        sizes.every((size) => size > 10_000),
        `${sizes}`,
      );
    },
  );
});

for (const [name, seconds] of [
  ["silence.wav", 690],
  ["silence.ogg", 4_595],
]) {
  test(`90 minutes of ${name} are too long, which is known before they are converted`, async () => {
    await withPage(
      () => {},
      async (call) => {
        const { code, message } = await call("refusal", name);
        assert.equal(code, "file_too_large");
        assert.match(message, new RegExp(`too long for voice: ${seconds} seconds of it would fit`));
      },
    );
  });
}
