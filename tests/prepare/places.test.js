// Pictures are redrawn in workers, and in the calling thread where workers are not available.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { call, media, withPage } from "./chromium.js";
import { makePictures } from "./pictures.js";

const LIMITS = { longestEdge: 1280, maxBytes: 5_000_000 };
/** Below the size of the oriented pictures, so that they are redrawn. */
const SMALL = { longestEdge: 200, maxBytes: 5_000_000 };
/** A limit that needs several encodings. */
const HARD = { longestEdge: 1280, maxBytes: 600_000 };

Object.assign(media, makePictures());
const watch = await readFile(new URL("inside/watch.js", import.meta.url), "utf8");
const watched = (page) => page.addInitScript(watch);
const count = (page) => page.evaluate(() => globalThis.watched);

const withoutWorkers = async (page) => {
  await page.addInitScript(() => delete globalThis.Worker);
};
const withoutTheFile = async (page) => {
  await page.route("**/picture-worker.js", (route) => route.fulfill({ status: 404 }));
};
const withAPageForEachPath = async (page) => {
  const body = "<!doctype html>";
  await page.route("**/picture-worker.js", (route) =>
    route.fulfill({ contentType: "text/html", body }),
  );
};
const beforeChromium98 = async (page) => {
  await page.addInitScript(() => {
    const { createImageBitmap } = globalThis;
    globalThis.createImageBitmap = async (source, options) => {
      if (options) throw new TypeError("'from-image' is not a valid enum value");
      return createImageBitmap(source);
    };
    delete globalThis.Worker;
  });
};

test("redraws a picture in a worker and terminates it afterwards", async () => {
  await withPage(
    async (page) => {
      await call(page, "fit", "corners.webp", LIMITS);
      const { workers, alive, encodings } = await count(page);
      assert.deepEqual({ workers, alive, encodings }, { workers: 1, alive: 0, encodings: 0 });
    },
    { prepare: watched },
  );
});

test("gives the same picture wherever it is redrawn", async (t) => {
  let usual;
  await withPage(async (page) => {
    usual = await call(page, "fit", "6.jpg", SMALL);
  });
  const places = {
    "without workers": { prepare: withoutWorkers },
    "where the CSP forbids workers": { path: "/no-worker" },
    "where the worker's file is missing": { prepare: withoutTheFile },
    "where the server answers 200 with HTML for missing files": { prepare: withAPageForEachPath },
    "where createImageBitmap rejects 'from-image'": { prepare: beforeChromium98 },
  };
  for (const [name, how] of Object.entries(places)) {
    await t.test(name, () =>
      withPage(async (page) => {
        assert.deepEqual(await call(page, "fit", "6.jpg", SMALL), usual);
        assert.deepEqual(await call(page, "fit", "6.jpg", SMALL), usual);
      }, how),
    );
  }
  await t.test("called from the page's own worker", () =>
    withPage(async (page) => {
      const outcome = page.evaluate(async (limits) => {
        const worker = new Worker("/tests/prepare/inside/caller.js", { type: "module" });
        return new Promise((resolve, reject) => {
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = reject;
          worker.postMessage(["6.jpg", limits]);
        });
      }, SMALL);
      assert.deepEqual(await outcome, usual);
    }),
  );
});

test("tries to start a missing worker once, not for each picture", async () => {
  let asked = 0;
  const prepare = async (page) => {
    await watched(page);
    await page.route("**/picture-worker.js", (route) => {
      asked += 1;
      return route.fulfill({ status: 404 });
    });
  };
  await withPage(
    async (page) => {
      await call(page, "fit", "corners.webp", LIMITS);
      await call(page, "fit", "corners.webp", LIMITS);
      assert.equal(asked, 1);
      assert.equal((await count(page)).alive, 0);
    },
    { prepare },
  );
});

test("does not wait for a worker whose file never loads", async () => {
  const prepare = async (page) => {
    await page.clock.install();
    await page.route("**/picture-worker.js", () => {});
  };
  await withPage(
    async (page) => {
      const asked = page.waitForRequest("**/picture-worker.js");
      const fitted = call(page, "fit", "corners.webp", LIMITS);
      await asked;
      await page.clock.fastForward(5_000);
      assert.equal((await fitted).found, "400x300");
    },
    { prepare },
  );
});

test("gives the same size in an old browser without OffscreenCanvas", async () => {
  const prepare = (page) =>
    page.addInitScript(() => {
      globalThis.HiddenCanvas = globalThis.OffscreenCanvas;
      delete globalThis.OffscreenCanvas;
    });
  await withPage(
    async (page) => {
      const found = await page.evaluate(async (limits) => {
        const { load, redrawn } = await import("/tests/prepare/inside/pictures.js");
        const { blob, width, height } = await redrawn(await load("6.jpg"), limits);
        return [blob.type, width, height];
      }, SMALL);
      assert.deepEqual(found, ["image/jpeg", 150, 200]);
    },
    { prepare },
  );
});

test("redraws many pictures in two workers, and frees all of them", async () => {
  await withPage(
    async (page) => {
      const { sizes, workers, alive } = await call(page, "fitMany", "noise.webp", LIMITS, 6);
      assert.equal(new Set(sizes).size, 1);
      assert.deepEqual({ workers, alive }, { workers: 2, alive: 0 });
    },
    { prepare: watched },
  );
});

test("decodes at most two pictures at a time without workers", async () => {
  await withPage(
    async (page) => {
      const { most, decoding } = await call(page, "fitMany", "noise.webp", LIMITS, 6);
      assert.deepEqual({ most, decoding }, { most: 2, decoding: 0 });
    },
    { path: "/no-worker", prepare: watched },
  );
});

for (const [where, path] of Object.entries({
  "in a worker": "/",
  "without workers": "/no-worker",
})) {
  for (const phase of ["decoding", "encoding"]) {
    test(`rejects at once when aborted while ${phase} ${where}, and leaves nothing running`, async () => {
      await withPage(
        async (page) => {
          const { outcome } = await call(page, "abort", "noise.webp", HARD, phase);
          assert.equal(outcome, "aborted");
          // The next two would wait for ever, had the first kept its place.
          assert.equal((await call(page, "fitMany", "corners.webp", LIMITS, 2)).sizes.length, 2);
          await page.waitForFunction(() => {
            const { alive, decoding, encoding } = globalThis.watched;
            return alive + decoding + encoding === 0;
          });
          // In a worker none is counted; else one for each of the two, and one that was under way.
          const most = path === "/" ? 0 : 2 + (phase === "encoding" ? 1 : 0);
          assert.equal((await count(page)).encodings, most);
        },
        { path, prepare: watched },
      );
    });
  }

  test(`an abort ${where} starts a waiting picture, which gets its own result`, async () => {
    await withPage(
      async (page) => {
        const { first, third } = await call(
          page,
          "abortBefore",
          "corners.webp",
          "noise.webp",
          HARD,
        );
        assert.equal(first, "AbortError");
        assert.equal(third.found, "1200x900");
      },
      { path },
    );
  });

  test(`rejects at once when aborted while waiting ${where}, and starts the next picture`, async () => {
    await withPage(
      async (page) => {
        const { outcome, fourth } = await call(page, "abortWaiting", "noise.webp", HARD);
        assert.equal(outcome, true, "did not reject with its reason");
        assert.ok(fourth > 0);
      },
      { path },
    );
  });
}

test("redraws pictures in the order of the calls", async () => {
  await withPage(
    async (page) => {
      const order = await call(page, "drawingOrder", "corners.webp", LIMITS, 6);
      assert.deepEqual(order, [0, 1, 2, 3, 4, 5]);
    },
    { path: "/no-worker" },
  );
});

/** More microtasks than pass between a picture's last progress and the start of the next one. */
const MICROTASKS = 20;

test("starts the next picture when a waiting one is aborted at any microtask", async () => {
  await withPage(
    async (page) => {
      for (let microtasks = 0; microtasks < MICROTASKS; microtasks += 1) {
        const outcome = await call(page, "abortAroundTurn", "noise.webp", LIMITS, microtasks);
        assert.equal(outcome.isAborted, true, `${microtasks} microtasks`);
        assert.ok(outcome.size > 0);
      }
      // Two are still drawn at once, so no turn was lost.
      await page.evaluate(() => {
        globalThis.watched.most = 0;
      });
      const { most, decoding } = await call(page, "fitMany", "noise.webp", LIMITS, 6);
      assert.deepEqual({ most, decoding }, { most: 2, decoding: 0 });
    },
    { path: "/no-worker", prepare: watched },
  );
});

test("rejects at once when aborted while the worker starts", async () => {
  await withPage(
    async (page) => {
      const { outcome } = await call(page, "abort", "corners.webp", LIMITS, "starting");
      assert.equal(outcome, "aborted");
      assert.equal((await call(page, "fit", "corners.webp", LIMITS)).found, "400x300");
      const { workers, alive } = await count(page);
      assert.deepEqual({ workers, alive }, { workers: 2, alive: 0 });
    },
    { prepare: watched },
  );
});

test("starts nothing when the signal is already aborted", async () => {
  await withPage(
    async (page) => {
      const reason = await page.evaluate(async (limits) => {
        const { load } = await import("/tests/prepare/inside/pictures.js");
        const { prepareMedia } = await import("/divar-chat-media/prepare");
        const signal = AbortSignal.abort("never mind");
        const picture = await load("corners.webp");
        return prepareMedia(picture, "image", { ...limits, signal }).catch((reason) => reason);
      }, LIMITS);
      assert.equal(reason, "never mind");
      assert.equal((await count(page)).workers, 0);
    },
    { prepare: watched },
  );
});

test("a worker that fails rejects its own picture only", async () => {
  const body = `
    addEventListener("message", () => setTimeout(() => { throw new Error("out of memory"); }));
    postMessage("ready");`;
  const prepare = async (page) => {
    await page.route("**/picture-worker.js", (route) =>
      route.fulfill({ contentType: "text/javascript", body }),
    );
  };
  await withPage(
    async (page) => {
      assert.equal((await call(page, "refusal", "corners.webp", LIMITS)).code, "cannot_convert");
      await page.unroute("**/picture-worker.js");
      assert.equal((await call(page, "fit", "corners.webp", LIMITS)).found, "400x300");
    },
    { prepare },
  );
});
