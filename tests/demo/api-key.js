import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { build } from "esbuild";
import { DEMO_URL, withDemo } from "./browser.js";
import { emulator, required } from "./emulator.js";
import { media } from "./media.js";
import { sendFile } from "./steps.js";
import { encodingsOf } from "./traffic.js";

/** The bundled code of the server entry, which sends the key. */
async function serverCode() {
  const { outputFiles } = await build({
    stdin: { contents: 'export * from "divar-chat-media/edge"', resolveDir: import.meta.dirname },
    bundle: true,
    format: "esm",
    platform: "neutral",
    write: false,
  });
  return outputFiles[0].text;
}

describe("the API key stays on the server", () => {
  test("nothing that the page loads or sends contains the key", async () => {
    await withDemo(async (demo) => {
      for (const kind of ["jpeg", "m4a", "pdf"]) await sendFile(demo, media[kind]);
      const pieces = await demo.traffic();

      const [mint] = await emulator.requests("token");
      const key = required("DIVAR_EMULATOR_KEY");
      assert.equal(new Map(mint.headers).get("x-api-key"), key, "the edge function sent no key");

      const holders = (secret) =>
        pieces.filter(({ bytes }) => encodingsOf(secret).some((form) => bytes.includes(form)));
      // Proves the search: the upload token does go through the page, in both directions.
      const [upload] = await emulator.requests("upload");
      const token = new Map(upload.headers).get("authorization").replace("Bearer ", "");
      const withToken = holders(token).map(({ what }) => what.split(" of ")[0]);
      assert.deepEqual(new Set(withToken), new Set(["answer", "request headers"]));

      assert.deepEqual(
        holders(key).map(({ what }) => what),
        [],
      );
    });
  });

  test("no code that the page loads can send a key", async () => {
    await withDemo(async (demo) => {
      await sendFile(demo, media.jpeg);
      const header = "x-api-key";
      assert.ok((await serverCode()).includes(header), "the server code has no key header");
      const code = (await demo.traffic()).filter(({ what }) => what.startsWith("answer of"));
      assert.ok(code.some(({ bytes }) => bytes.includes("getUploadToken")));
      const holders = code.filter(({ bytes }) => bytes.includes(header));
      assert.deepEqual(
        holders.map(({ what }) => what),
        [],
      );
    });
  });

  test("the CSP allows only the page's own scripts and Divar's chat host", async () => {
    const response = await fetch(DEMO_URL);
    const policy = response.headers.get("content-security-policy");
    const { chatUrl } = await (await fetch(new URL("/divar/config", DEMO_URL))).json();
    const chat = new URL(chatUrl).origin;
    const directives = policy.split("; ");
    assert.ok(directives.includes("default-src 'none'"), policy);
    assert.ok(directives.includes("script-src 'self' 'wasm-unsafe-eval'"), policy);
    assert.ok(directives.includes("style-src 'self'"), policy);
    assert.ok(directives.includes(`connect-src 'self' ${chat}`), policy);
  });
});
