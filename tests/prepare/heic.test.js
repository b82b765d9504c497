// HEIC in Chromium as Debian builds it, without a HEIC decoder.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { call, callHeic, media, sharedPage, withPage } from "./chromium.js";
import { COMPARED, makeHeics, mostDifferent } from "./heics.js";
import { makePictures } from "./pictures.js";

Object.assign(media, makePictures(), makeHeics());
const watch = await readFile(new URL("inside/watch.js", import.meta.url), "utf8");
const watched = (page) => page.addInitScript(watch);

/** The decoder's files that a page requests from now on. */
function requestsOfHeic(page) {
  const requests = [];
  page.on("request", (request) => {
    if (/pkg\/.*heic/.test(request.url())) requests.push(new URL(request.url()).pathname);
  });
  return requests;
}

for (const name of COMPARED) {
  test(`decodes ${name}.heic like libheif`, async () => {
    const { type, found, expected, differences } = await callHeic(
      await sharedPage(),
      "beside",
      name,
    );
    assert.equal(found, expected);
    assert.equal(type, name === "photo-transparent" ? "image/png" : "image/jpeg");
    assert.ok(
      differences.every((difference) => difference <= mostDifferent(name)),
      `${differences}`,
    );
  });
}

test("converts Display P3, given by an nclx box, to sRGB", async () => {
  const found = await callHeic(await sharedPage(), "middle", "numbered-p3.heic");
  for (const [index, expected] of [222, 24, 41, 255].entries()) {
    assert.ok(Math.abs(found[index] - expected) <= 4, `${found}`);
  }
});

for (const [name, code] of Object.entries({
  "broken.heic": "file_damaged",
  "hdr.heic": "cannot_convert",
  "huge.heic": "file_too_large",
})) {
  test(`rejects ${name} with ${code}, and decodes the next file`, async () => {
    const page = await sharedPage();
    assert.equal((await callHeic(page, "refusal", name)).code, code);
    assert.deepEqual((await callHeic(page, "together", ["photo.heic"])).sizes, ["1000x750"]);
  });
}

test("decodes without workers", async () => {
  await withPage(
    async (page) => {
      const { sizes } = await callHeic(page, "together", ["photo.heic", "photo-grid.heic"]);
      assert.deepEqual(sizes, ["1000x750", "1024x1536"]);
    },
    { path: "/no-worker" },
  );
});

test("decodes several at once, and terminates its workers", async () => {
  await withPage(
    async (page) => {
      const names = ["photo.heic", "photo-grid.heic", "photo-ten-bit.heic"];
      const { sizes, alive, workers } = await callHeic(page, "together", names);
      assert.deepEqual(sizes, ["1000x750", "1024x1536", "640x480"]);
      assert.ok(workers > 0);
      assert.equal(alive, 0);
    },
    { prepare: watched },
  );
});

test("terminates the worker when aborted while decoding", async () => {
  await withPage(
    async (page) => {
      const outcome = await callHeic(page, "abortInDecoder", "large.heic");
      assert.equal(outcome, "aborted");
      await page.waitForFunction(() => globalThis.watched.alive === 0);
      assert.deepEqual((await callHeic(page, "together", ["photo.heic"])).sizes, ["1000x750"]);
    },
    { prepare: watched },
  );
});

test("heic: false does not load the decoder", async () => {
  await withPage(async (page) => {
    const requests = requestsOfHeic(page);
    const { code } = await callHeic(page, "refusal", "photo.heic", { heic: false });
    assert.equal(code, "cannot_convert");
    assert.deepEqual(requests, []);
  });
});

test("loads the decoder with the first HEIC that the browser cannot decode", async () => {
  await withPage(async (page) => {
    const requests = requestsOfHeic(page);
    await call(page, "fit", "corners.webp", { longestEdge: 200 });
    await call(page, "refusal", "broken.avif", {});
    assert.deepEqual(requests, []);
    await callHeic(page, "together", ["photo.heic"]);
    assert.ok(requests.includes("/pkg/wasm/heic/text.js"), `${requests}`);
  });
});

test("does not load the decoder where the browser decodes HEIC", async () => {
  const prepare = (page) =>
    page.addInitScript(() => {
      const { createImageBitmap } = globalThis;
      const canvas = new OffscreenCanvas(30, 20);
      canvas.getContext("2d").fillRect(0, 0, 30, 20);
      globalThis.createImageBitmap = (source) =>
        createImageBitmap(source.type === "image/jpeg" ? source : canvas);
    });
  await withPage(
    async (page) => {
      const requests = requestsOfHeic(page);
      assert.deepEqual((await callHeic(page, "together", ["photo.heic"])).sizes, ["30x20"]);
      assert.deepEqual(requests, []);
    },
    { path: "/no-worker", prepare },
  );
});

test("rejects with cannot_convert when the decoder cannot be loaded", async () => {
  const prepare = (page) => page.route("**/wasm/heic/text.js", (route) => route.abort());
  await withPage(
    async (page) => {
      const { code, message } = await callHeic(page, "refusal", "photo.heic");
      assert.deepEqual(
        [code, message],
        ["cannot_convert", "the decoder for HEIC could not be loaded"],
      );
    },
    { prepare },
  );
});
