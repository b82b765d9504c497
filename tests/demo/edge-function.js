import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DEMO_URL } from "./browser.js";
import { emulator } from "./emulator.js";
import { conversationId, PERSIAN } from "./steps.js";

describe("the edge function", () => {
  const post = (path, body, headers = {}) =>
    fetch(new URL(path, DEMO_URL), {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body,
    });

  const rejected = {
    "another site's script": [
      403,
      () => post("/divar/token", "{}", { Origin: "https://a.example" }),
    ],
    "another site's request without an Origin": [
      403,
      () => post("/divar/token", "{}", { "Sec-Fetch-Site": "cross-site" }),
    ],
    "a form's content type": [
      415,
      () => post("/divar/token", "{}", { "Content-Type": "text/plain" }),
    ],
    "invalid JSON": [400, () => post("/divar/token", "{")],
    "a body that is too large": [413, () => post("/divar/token", `{"a":"${"a".repeat(70_000)}"}`)],
    "another user's conversation": [
      403,
      () => post("/divar/messages", JSON.stringify({ media_token: "m", conversation_id: "other" })),
    ],
    "a message without media": [
      400,
      async () =>
        post("/divar/messages", JSON.stringify({ conversation_id: await conversationId() })),
    ],
    "an unknown route": [404, () => fetch(new URL("/divar/nothing", DEMO_URL))],
  };

  for (const [name, [status, ask]] of Object.entries(rejected)) {
    test(`rejects ${name} without a request to Divar`, async () => {
      const response = await ask();
      assert.equal(response.status, status);
      const { code, message, userMessage } = await response.json();
      assert.ok(code && message);
      assert.match(userMessage.fa, PERSIAN);
      assert.deepEqual(await emulator.requests("token"), []);
      assert.deepEqual(await emulator.requests("message"), []);
    });
  }

  test("answers a token with no-store", async () => {
    const response = await post("/divar/token", "{}");
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("cache-control"), "no-store");
    assert.ok((await response.json()).token);
  });
});

describe("the edge function's caching and methods", () => {
  test("answers a missing file with 404 and no-store", async () => {
    for (const path of ["/assets/index-missing.js", "/missing"]) {
      const response = await fetch(new URL(path, DEMO_URL));
      assert.equal(response.status, 404);
      assert.equal(response.headers.get("cache-control"), "no-store");
    }
  });

  test("answers unsupported methods with 405 and Allow", async () => {
    for (const path of ["/", "/favicon.svg", "/divar/config", "/divar/conversations/demo"]) {
      for (const method of ["PUT", "DELETE", "PATCH"]) {
        const response = await fetch(new URL(path, DEMO_URL), { method });
        assert.equal(response.status, 405, `${method} ${path}`);
        assert.match(response.headers.get("allow"), /GET/);
      }
    }
  });

  test("the page varies by User-Agent, since the CSP does", async () => {
    const policyFor = async (userAgent) => {
      const response = await fetch(DEMO_URL, { headers: { "User-Agent": userAgent } });
      assert.match(response.headers.get("vary"), /User-Agent/);
      return response.headers.get("content-security-policy");
    };
    assert.match(await policyFor("Chrome/95.0"), /'unsafe-eval'/);
    assert.match(await policyFor("Chrome/140.0"), /'wasm-unsafe-eval'/);
  });
});
