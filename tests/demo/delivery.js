import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DEMO_URL, withDemo } from "./browser.js";
import { media } from "./media.js";

/** Bytes over the network until the page is idle, including headers. */
async function firstLoad(demo) {
  // The fonts of the visit before would be counted too.
  await demo.page.waitForLoadState("networkidle");
  const client = await demo.page.context().newCDPSession(demo.page);
  const sizes = new Map();
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) =>
    sizes.set(requestId, encodedDataLength),
  );
  await client.send("Network.enable");
  await client.send("Network.setCacheDisabled", { cacheDisabled: true });
  await demo.page.reload({ waitUntil: "networkidle" });
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

describe("the page meets its size, caching and CSP limits", () => {
  test("the first load is under 400 KB over the network", async (t) => {
    await withDemo(async (demo) => {
      const bytes = await firstLoad(demo);
      t.diagnostic(`the first load is ${bytes} bytes`);
      assert.ok(bytes > 50_000 && bytes < 130_000, `${bytes} bytes`);
    });
  });

  test("hashed assets are compressed and cached as immutable", async () => {
    const html = await (await fetch(DEMO_URL)).text();
    const files = html.match(/\/assets\/[^"]+\.(?:js|css)/g);
    assert.ok(files.length >= 2, html);
    for (const file of files) {
      const response = await fetch(new URL(file, DEMO_URL));
      assert.match(response.headers.get("cache-control"), /max-age=31536000, immutable/);
      assert.match(response.headers.get("content-encoding"), /^(?:br|gzip|zstd)$/);
    }
  });

  test("loads nothing from other origins, and the preparing code only with the first file", async () => {
    await withDemo(async (demo) => {
      await demo.page.waitForLoadState("networkidle");
      const loaded = async () => (await demo.traffic()).map(({ what }) => what);
      const hosts = new Set((await loaded()).map((what) => new URL(what.split(" of ")[1]).origin));
      assert.deepEqual(hosts, new Set([new URL(DEMO_URL).origin]));
      assert.ok(!(await loaded()).some((what) => what.includes("/assets/prepare-")));
      await demo.choose(media.png.path);
      await demo.ready(1);
      assert.ok((await loaded()).some((what) => what.includes("/assets/prepare-")));
    });
  });

  test("Trusted Types are enforced and allow the picture worker", async () => {
    const policy = (await fetch(DEMO_URL)).headers.get("content-security-policy");
    assert.match(policy, /require-trusted-types-for 'script'/);
    await withDemo(async (demo) => {
      const starting = demo.page.waitForEvent("worker");
      await demo.choose(media.large.path);
      assert.match((await starting).url(), /\/assets\/picture-worker-/);
      await demo.ready(1);
      const evaluated = await demo.page.evaluate(() => {
        try {
          document.body.innerHTML += "<p>injected</p>";
          return "taken";
        } catch (error) {
          return error.name;
        }
      });
      assert.equal(evaluated, "TypeError");
      demo.consoleErrors.length = 0;
    });
  });
});
