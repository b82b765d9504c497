// Each example as its own command starts it: its page in Chromium, and what its server answers.
import assert from "node:assert/strict";
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { sendMedia } from "divar-chat-media";
import { JPEG, picture } from "../support/samples.js";
import { sha256 } from "../support/sha256.js";
import { CONVERSATION, folderOf, start } from "./example.js";
import { visit } from "./visit.js";

/** Those whose page sends a file by itself. Next.js and Vite's dev server put scripts into the page. */
const EXAMPLES = {
  "cloudflare-worker": { strict: true },
  deno: { strict: true },
  express: { strict: true },
  flask: { strict: true },
  "hono-node": { strict: true },
  nextjs: {},
  php: { strict: true },
  vite: { strict: true },
};

test("the examples import the packed package, and not the workspace's", () => {
  assert.ok(lstatSync(folderOf("node_modules/divar-chat-media")).isDirectory());
  const own = Object.keys(EXAMPLES).flatMap((name) => {
    const folder = folderOf(name);
    return readdirSync(folder).includes("node_modules")
      ? readdirSync(`${folder}/node_modules`)
      : [];
  });
  assert.ok(!own.includes("divar-chat-media"));
});

for (const file of ["page.js", "public/index.html"]) {
  test(`the examples that have ${file} have the same one`, () => {
    const names = ["cloudflare-worker", "deno", "express", "flask", "hono-node", "php"];
    const texts = new Set(names.map((name) => readFileSync(folderOf(`${name}/${file}`), "utf8")));
    assert.equal(texts.size, 1);
  });
}

const file = { name: "عکس.jpg", mimeType: "image/jpeg", buffer: Buffer.from(JPEG) };

async function choosePicture(page) {
  await page.locator("input:enabled").setInputFiles(file);
  await page.getByText("فرستاده شد").waitFor();
}

async function assertSent(emulator) {
  const messages = await emulator.messages();
  assert.equal(messages.length, 1);
  const [{ conversation_id, media }] = messages;
  assert.equal(conversation_id, CONVERSATION);
  assert.equal(media.sha256, await sha256(JPEG));
  const sent = (await emulator.requests()).find(({ route }) => route === "message");
  assert.equal(sent.body.text_message, "");
}

for (const [name, { strict }] of Object.entries(EXAMPLES)) {
  describe(`the example ${name}`, () => {
    let example;
    before(async () => {
      example = await start(name);
    });
    after(() => example?.close());

    /** Sends through the example's routes, from here, without the upload unless `options` says so. */
    const send = (options) =>
      sendMedia(picture(), {
        endpoint: example.endpoint,
        chatUrl: example.emulator.base,
        conversationId: CONVERSATION,
        ...options,
      });

    test("the page sends a chosen picture", async () => {
      const { url, emulator } = example;
      await visit(url, choosePicture, strict && { chatUrl: emulator.base });
      await assertSent(emulator);
    });

    test("a conversation of somebody else is refused", async () => {
      const expected = { code: "forbidden", status: 403 };
      await assert.rejects(send({ mediaToken: "m", conversationId: "other" }), expected);
    });

    test("a limit that Divar reports reaches the page", async () => {
      await example.emulator.fault({ on: "message", status: { status: 429, retry_after: "2" } });
      const expected = { code: "rate_limited", retryAfterMs: 2000, retryable: true };
      await assert.rejects(send({ mediaToken: "m" }), expected);
    });

    test("a lost answer to a message is not taken for a failure", async () => {
      await example.emulator.fault({ on: "message", reset_accepted: {} });
      const expected = { deliveryUnknown: true, retryable: false };
      await assert.rejects(send(), expected);
    });

    if (name === "nextjs") {
      test("the route handler works in the edge runtime, with the module compiled", async () => {
        const expected = { code: "forbidden", status: 403 };
        const edge = { endpoint: `${example.url}edge`, mediaToken: "m" };
        await assert.rejects(send({ ...edge, conversationId: "other" }), expected);
        const before = (await example.emulator.messages()).length;
        await send({ endpoint: `${example.url}edge` });
        assert.equal((await example.emulator.messages()).length, before + 1);
        const chunks = readdirSync(folderOf("nextjs/.next/server/edge/chunks"));
        assert.ok(chunks.some((chunk) => chunk.endsWith(".wasm")));
      });
    }
  });
}

test("vite: the page of the dev server sends a picture", async () => {
  const { url, emulator, close } = await start("vite", { script: "dev" });
  try {
    await visit(url, choosePicture);
    await assertSent(emulator);
  } finally {
    await close();
  }
});
