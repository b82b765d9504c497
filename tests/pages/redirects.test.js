// Redirects of an app's own routes, and of others.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openApp, startApp } from "./app.js";

/** What other hosts were asked, with what. */
const elsewhere = [];
const CORS = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" };
const stranger = await startApp({
  "/stolen": async (request, response) => {
    if (request.method !== "OPTIONS") {
      const body = Buffer.concat(await request.toArray());
      elsewhere.push({ headers: request.headers, bytes: body.length });
    }
    response.writeHead(200, { ...CORS, "Content-Type": "application/json" });
    response.end('{"token":"t","id":"m","status":"ok"}');
  },
});

/** A route that redirects to its own address with a slash at the end, as frameworks do. */
const redirecting = (path, status) => (request, response) => {
  request.resume();
  const query = request.url.split("?")[1];
  const location = query ? `${path}/?${query}` : `${path}/`;
  request.on("end", () => response.writeHead(status, { Location: location }).end());
};
const received = [];
const answering = (answer) => async (request, response) => {
  const body = Buffer.concat(await request.toArray());
  received.push({ url: request.url, headers: request.headers, bytes: body.length });
  response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
};
const away = (request, response) => {
  request.resume();
  if (request.method === "OPTIONS") return response.writeHead(204, CORS).end();
  const headers = { ...CORS, Location: `${stranger.url}/stolen` };
  request.on("end", () => response.writeHead(307, headers).end());
};

const routes = { "/away/token": away, "/away/upload/image": away };
for (const status of [307, 308]) {
  const base = `/api${status}`;
  routes[`${base}/token`] = redirecting(`${base}/token`, status);
  routes[`${base}/token/`] = answering({ token: "t" });
  routes[`${base}/messages`] = redirecting(`${base}/messages`, status);
  routes[`${base}/messages/`] = answering({ conversation_id: "d" });
  routes[`${base}/upload/image`] = redirecting(`${base}/upload/image`, status);
  routes[`${base}/upload/image/`] = answering({ id: "m", status: "ok" });
}
const { app, page, close } = await openApp(routes);
after(async () => {
  await close();
  stranger.close();
});

const token = (options) =>
  page.evaluate((options) => media.outcome(media.main.getUploadToken(options)), options);
const upload = (options) =>
  page.evaluate(({ tellsProgress, ...options }) => {
    const onProgress = tellsProgress ? () => {} : undefined;
    const all = { retries: 0, onProgress, ...options };
    return media.outcome(media.main.uploadMedia(media.picture(50_000), "image", all));
  }, options);

for (const status of [307, 308]) {
  test(`a ${status} of the page's own origin is followed for tokens and messages`, async () => {
    const endpoint = `/api${status}/`;
    const headers = { "X-CSRF-Token": "c" };
    assert.deepEqual(await token({ endpoint, headers }), { value: "t" });
    assert.equal(received.at(-1).headers["x-csrf-token"], "c");
    const sent = await page.evaluate(
      (options) => media.outcome(media.main.sendMedia(media.picture(100), options)),
      { endpoint, conversationId: "c", mediaToken: "m" },
    );
    assert.deepEqual(sent, { value: { conversationId: "d" } });
  });

  for (const tellsProgress of [false, true]) {
    const how = tellsProgress ? "with" : "without";
    test(`a ${status} of the page's own origin is followed for a relay ${how} progress`, async () => {
      const outcome = await upload({ endpoint: `/api${status}`, tellsProgress });
      assert.deepEqual(outcome, { value: { id: "m" } });
      assert.equal(received.at(-1).bytes, 50_000);
      assert.equal(received.at(-1).url, `/api${status}/upload/image/?name=a.jpg`);
    });
  }
}

test("a redirect of the app's token route to another origin is not followed", async () => {
  const { error } = await token({ endpoint: "/away", retries: 0, headers: { "X-Session": "s" } });
  assert.ok(["network", "rejected"].includes(error.code), error.code);
  assert.deepEqual(elsewhere, []);
});

test("a redirect of Divar's chat host takes neither the file nor the token elsewhere", async () => {
  const { error } = await upload({ token: "secret-token", chatUrl: `${app.url}/away` });
  assert.equal(error.code, "rejected");
  assert.deepEqual(elsewhere, []);
});

test("a redirect of an upload with progress is an error and takes no token elsewhere", async () => {
  const { error } = await upload({
    token: "secret-token",
    chatUrl: `${app.url}/away`,
    tellsProgress: true,
  });
  assert.equal(error.code, "rejected");
  for (const { headers } of elsewhere) assert.equal(headers.authorization, undefined);
});
