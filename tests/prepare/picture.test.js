// Pictures that are redrawn by the browser's decoders and encoders.
import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { call, media, sharedPage, withPage } from "./chromium.js";
import { CORNERS, makePictures, UPRIGHT } from "./pictures.js";

const pictures = Object.assign(media, makePictures());
const watch = await readFile(new URL("inside/watch.js", import.meta.url), "utf8");
const LIMITS = { longestEdge: 1280, maxBytes: 5_000_000 };

const fit = async (name, options) =>
  call(await sharedPage(), "fit", name, { ...LIMITS, ...options });

const refusal = async (name, options) =>
  call(await sharedPage(), "refusal", name, { ...LIMITS, ...options });

test("shrinks a large photo to both limits and keeps its aspect ratio", async () => {
  const { size, type, reported, found } = await fit("photo.jpg", { maxBytes: 200_000 });
  assert.ok(pictures["photo.jpg"].length > 1_000_000);
  assert.ok(size <= 200_000, `${size} bytes`);
  assert.deepEqual(
    { type, reported, found },
    { type: "image/jpeg", reported: "1280x960", found: "1280x960" },
  );
});

test("keeps a picture that redrawing would make larger, without its metadata", async () => {
  const { before, after } = await call(await sharedPage(), "sizes", "coarse.jpg");
  assert.ok(before > 1_000_000, `${before} bytes are too few to be redrawn`);
  assert.ok(after <= before, `${before} bytes became ${after}`);
});

test("does not enlarge a small picture", async () => {
  const { found, corners } = await fit("corners.webp");
  assert.deepEqual({ found, corners }, { found: "400x300", corners: CORNERS });
});

for (const name of ["columns.png", "rows.png"]) {
  test(`averages ${name} finer than a pixel, without a moiré pattern`, async () => {
    const { contrast, middle } = await fit(name, { longestEdge: 430 });
    assert.ok(contrast < 24, `${contrast} between light and dark`);
    assert.ok(Math.abs(middle[0] - 128) < 12, `${middle}`);
  });
}

test("turns pictures of every orientation upright and removes the orientation", async () => {
  for (const [orientation, expected] of Object.entries(UPRIGHT)) {
    const name = `${orientation}.jpg`;
    assert.ok(pictures[name].includes("Exif"));
    const { corners, reported, found, text } = await fit(name, { longestEdge: 200 });
    const edges = orientation < 5 ? "200x150" : "150x200";
    assert.deepEqual(
      { corners, reported, found },
      { corners: expected, reported: edges, found: edges },
      name,
    );
    assert.ok(!text.includes("Exif"));
  }
});

test("converts a PNG whose alpha channel is opaque to JPEG", async () => {
  const { type, found, corners } = await fit("opaque.png", { longestEdge: 200 });
  assert.deepEqual(
    { type, found, corners },
    { type: "image/jpeg", found: "200x150", corners: CORNERS },
  );
});

for (const name of ["corners.webp", "corners.avif", "corners.gif"]) {
  test(`converts ${name} to JPEG`, async () => {
    const { type, found, corners } = await fit(name);
    assert.deepEqual(
      { type, found, corners },
      { type: "image/jpeg", found: "400x300", corners: CORNERS },
    );
  });
}

test("keeps the first frame of an animation", async () => {
  const { type, corners } = await fit("moving.gif");
  assert.deepEqual([type, corners], ["image/jpeg", "red red red red"]);
});

test("keeps transparency if the PNG fits, and else composes it on white", async () => {
  const kept = await fit("disc.png", { longestEdge: 200 });
  assert.deepEqual(
    [kept.type, kept.found, kept.corners, kept.middle[3]],
    ["image/png", "200x150", "nothing nothing nothing nothing", 255],
  );
  const tight = { longestEdge: 200, maxBytes: kept.size - 1 };
  const { type, corners, middle } = await fit("disc.png", tight);
  assert.deepEqual([type, corners], ["image/jpeg", "white white white white"]);
  assert.ok(middle[0] > 200 && middle[1] < 130, `the disc is no longer red: ${middle}`);
});

test("lowers the quality no further than the limit requires", async () => {
  const { size: best } = await fit("noise.webp");
  const maxBytes = Math.round(best * 0.7);
  const { size, found } = await fit("noise.webp", { maxBytes });
  assert.equal(found, "1200x900");
  assert.ok(size <= maxBytes && size > maxBytes * 0.9, `${size} of ${maxBytes} bytes`);
});

test("shrinks the picture in proportion when a lower quality is not enough", async () => {
  const { size: best } = await fit("noise.webp");
  const maxBytes = Math.round(best * 0.25);
  const { size, reported, found } = await fit("noise.webp", { maxBytes });
  const [width, height] = found.split("x");
  assert.equal(reported, found);
  assert.ok(size <= maxBytes && width < 1200, `${size} bytes, ${found}`);
  assert.ok(Math.abs(width / height - 4 / 3) < 0.01, found);
});

test("rejects a picture that fits only at a tiny size", async () => {
  const { code, stage } = await refusal("noise.webp", { maxBytes: 2_000 });
  assert.deepEqual({ code, stage }, { code: "file_too_large", stage: "prepare" });
});

test("rejects a picture that the browser cannot decode, with the browser's error as the cause", async () => {
  const { fa, ...rest } = await refusal("broken.avif");
  assert.deepEqual(rest, {
    name: "DivarMediaError",
    code: "cannot_convert",
    stage: "prepare",
    cause: "InvalidStateError",
  });
  assert.match(fa, /مرورگر/);
});

test("rejects a file that was deleted after it was chosen as unreadable", async () => {
  const path = join(tmpdir(), `divar-prepare-${process.pid}.jpg`);
  await writeFile(path, pictures["corners.jpg"]);
  await withPage(async (page) => {
    await page.setInputFiles("input", path);
    await rm(path);
    const { code, hasCause } = await page.evaluate(async (options) => {
      const { prepareMedia } = await import("/divar-chat-media/prepare");
      const [file] = document.querySelector("input").files;
      return prepareMedia(file, "image", options).catch(({ code, cause }) => ({
        code,
        hasCause: cause instanceof Error,
      }));
    }, LIMITS);
    assert.deepEqual([code, hasCause], ["file_unreadable", true]);
  });
});

test("rejects a file that is deleted before it is decoded as unreadable", async () => {
  const path = join(tmpdir(), `divar-prepare-${process.pid}.webp`);
  await writeFile(path, pictures["corners.webp"]);
  const prepare = async (page) => {
    await page.exposeFunction("removeFile", () => rm(path));
    await page.addInitScript(() => {
      const { createImageBitmap } = globalThis;
      globalThis.createImageBitmap = async (...args) => {
        await globalThis.removeFile();
        globalThis.createImageBitmap = createImageBitmap;
        return createImageBitmap(...args);
      };
    });
  };
  await withPage(
    async (page) => {
      await page.setInputFiles("input", path);
      const code = await page.evaluate(async () => {
        const { prepareMedia } = await import("/divar-chat-media/prepare");
        const [file] = document.querySelector("input").files;
        return prepareMedia(file, "image").catch(({ code }) => code);
      });
      assert.equal(code, "file_unreadable");
    },
    { path: "/no-worker", prepare },
  );
});

test("rejects a picture whose header claims a huge size without decoding it", async () => {
  const prepare = (page) => page.addInitScript(watch);
  await withPage(
    async (page) => {
      assert.equal((await call(page, "refusal", "huge.png", LIMITS)).code, "file_too_large");
      const { most, workers } = await page.evaluate(() => globalThis.watched);
      assert.deepEqual({ most, workers }, { most: 0, workers: 0 });
    },
    { prepare },
  );
});

test("accepts a File and an AbortSignal of another window", async () => {
  const { format, type, found } = await call(
    await sharedPage(),
    "fitFromFrame",
    "corners.webp",
    LIMITS,
  );
  assert.deepEqual([format, type, found], ["webp", "image/jpeg", "400x300"]);
});

test("callbacks that reject cause no unhandled rejections", async () => {
  const unhandled = await call(await sharedPage(), "unhandledRejections", "corners.webp", LIMITS);
  assert.deepEqual(unhandled, []);
});

test("rejects with cannot_convert in a browser without createImageBitmap", async () => {
  const prepare = (page) => page.addInitScript(() => delete globalThis.createImageBitmap);
  await withPage(
    async (page) => {
      assert.equal((await call(page, "refusal", "corners.webp", LIMITS)).code, "cannot_convert");
    },
    { prepare },
  );
});

test("rejects with cannot_convert on a server", async () => {
  const { prepareMedia } = await import("divar-chat-media/prepare");
  const picture = new Blob([pictures["corners.webp"]]);
  await assert.rejects(prepareMedia(picture, "image", LIMITS), { code: "cannot_convert" });
});

test("progress increases from the start of decoding to the end of encoding", async () => {
  const page = await sharedPage();
  const reported = await call(page, "progress", "noise.webp", { ...LIMITS, maxBytes: 700_000 });
  const places = reported.map(({ phase, done }) => done + (phase === "encoding" ? 1 : 0));
  assert.deepEqual(
    places,
    places.toSorted((one, other) => one - other),
  );
  assert.deepEqual(reported.slice(0, 3), [
    { phase: "decoding", done: 0 },
    { phase: "decoding", done: 1 },
    { phase: "encoding", done: 0 },
  ]);
  assert.deepEqual(reported.at(-1), { phase: "encoding", done: 1 });
  assert.ok(reported.length > 5);
});
