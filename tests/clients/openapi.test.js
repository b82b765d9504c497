// Every request that the package makes, as it goes over the wire, against the description of what it
// may be. Run by `cargo xtask test clients`.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { uploadMedia } from "divar-chat-media";
import { getUploadToken, sendMediaMessage } from "divar-chat-media/edge";
import { openSpace } from "../support/emulator.js";
import { files } from "./files.js";
import { invalidRequests } from "./invalid.js";
import { record } from "./recorder.js";
import { removeFiles } from "./run.js";
import { startValidator } from "./validator.js";

const ACTIONS = [
  { open_direct_link: "https://example.ir/خانه?a=1" },
  { open_server_link: { data: { order: 7, deep: [{}] } } },
  { get_dynamic_action: { data: {} } },
  { open_post_page: { post_token: "AJIEWcw" } },
  { open_post_manage_page: { post_token: "AJIEWcw" } },
];
const TARGETS = {
  chatbot: { conversationId: "6Gq+m/D7=" },
  user: { userId: "کاربر 7/?#", accessToken: "of-a-user" },
  conversation: { conversationId: "..a", accessToken: "of-a-user" },
};

let space;
let proxy;
let validator;
before(async () => {
  space = openSpace();
  proxy = await record(space.base);
  validator = await startValidator();
});
after(() => {
  proxy.close();
  validator.close();
  removeFiles();
});

test("tokens and uploads fit, of each type, in both forms and schemes", async () => {
  for (const file of files) {
    for (const encoding of ["multipart", "binary"]) {
      for (const authScheme of ["Bearer", "Basic"]) {
        await upload(file, { encoding, authScheme });
      }
      // Its body is a stream, of a length that is not said ahead.
      await upload(file, { encoding, onProgress: () => {} });
    }
    await upload(file, { as: Blob });
  }
  await assertAllFit(files.length * 7 * 2);
});

for (const [target, address] of Object.entries(TARGETS)) {
  test(`messages to a ${target} fit, with and without buttons of every action`, async () => {
    const { id } = await upload(files[0]);
    proxy.recorded.length = 0;
    const grids = [undefined, { rows: [] }, ...ACTIONS.map((action) => gridOf([[action]])), full()];
    for (const grid of grids) {
      for (const buttons of buttonsFor(target, grid)) {
        await sendMediaMessage(id, { ...secret(), target, ...address, ...buttons });
      }
    }
    const sent = proxy.recorded.length;
    await assertAllFit(sent);
    assert.equal(sent, grids.length * (target === "conversation" ? 3 : 1));
    const carried = JSON.stringify(proxy.recorded.map(({ body }) => JSON.parse(body)));
    for (const action of ACTIONS) assert.ok(carried.includes(JSON.stringify(action)));
  });
}

test("what the emulator accepted fits the OpenAPI document", async () => {
  const requests = await space.requests();
  assert.ok(requests.length > 0);
  for (const { path, refused } of requests) assert.equal(refused, null, path);
});

test("a request that is wrong in one thing does not fit", async () => {
  proxy.recorded.length = 0;
  const { id } = await upload(files[0]);
  await upload(files[0], { encoding: "binary" });
  for (const target of ["chatbot", "user", "conversation"]) {
    await sendMediaMessage(id, { ...secret(), target, ...TARGETS[target] });
  }
  const [token, form, , bare, ...messages] = proxy.recorded;
  for (const [what, request, reason] of invalidRequests({
    token,
    form,
    bare,
    messages,
    full: full(),
  })) {
    assert.match(await validator.validate(request), reason, what);
  }
});

const secret = () => ({ apiKey: space.key, openApiUrl: proxy.address });

async function upload({ type, name, contentType, bytes }, { as = File, ...options } = {}) {
  const token = await getUploadToken(secret());
  const file = as === Blob ? new Blob([bytes]) : new File([bytes], name, { type: contentType });
  return uploadMedia(file, type, { token, chatUrl: proxy.address, retries: 0, ...options });
}

/** Asserts that `count` requests were sent, and that all fit. */
async function assertAllFit(count) {
  assert.equal(proxy.recorded.length, count);
  for (const request of proxy.recorded) {
    const { method, path, body } = request;
    const what = `${method} ${path} ${body.toString("latin1", 0, 300)}`;
    assert.equal(await validator.validate(request), "fits", what);
  }
}

const button = (action, at) => ({ action, caption: "دیدن", ...(at % 2 ? {} : { icon: "ADD" }) });
const gridOf = (rows) => ({ rows: rows.map((actions) => ({ buttons: actions.map(button) })) });

/** As many buttons as there may be, of all actions. */
const full = () => {
  const [a, b, c, d, e] = ACTIONS;
  return gridOf([
    [a, b, c],
    [d, e, a],
    [b, c, d],
  ]);
};

/** The ways in which a message to `target` carries a grid. */
function buttonsFor(target, grid) {
  if (target !== "conversation") return [{ buttons: grid }];
  return [
    { senderButtons: grid },
    { receiverButtons: grid },
    { senderButtons: grid, receiverButtons: grid },
  ];
}
