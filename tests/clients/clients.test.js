// Other clients against the emulator: Python's `requests` as Divar's samples use it, and curl. What
// arrived is read from the emulator's record. Run by `cargo xtask test clients`.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { headerOf, openSpace } from "../support/emulator.js";
import { files } from "./files.js";
import { pathOf, removeFiles, run } from "./run.js";

const CONVERSATION = "6Gq+m/D7=";
const ROUTES = {
  token: "/experimental/open-platform/chat/upload",
  message: `/v1/open-platform/chat/bot/conversations/${encodeURIComponent(CONVERSATION)}/messages`,
};

after(removeFiles);

for (const form of ["bearer", "basic"]) {
  for (const file of files) {
    test(`requests, the ${form} sample, ${file.name}`, async () => {
      const space = openSpace();
      const answers = await sample(space, form, file);
      const requests = await space.requests();
      const type = form === "basic" ? "multipart/form-data" : "nothing";
      assert.deepEqual(requests.map(describe), [
        "token 200 as application/json",
        `upload 200 as ${type}`,
        "message 200 as application/json",
      ]);
      assert.equal(requests[0].body_bytes, 0);
      const scheme = form === "basic" ? "Basic" : "Bearer";
      const { token } = answers.token[1];
      assert.equal(headerOf(requests[1], "authorization"), `${scheme} ${token}`);
      assertUpload(requests[1], file, form === "basic" ? "multipart" : "binary");
      await assertShown(space, file, answers);
    });
  }
}

for (const scheme of ["Bearer", "Basic"]) {
  for (const file of files) {
    test(`curl -F, ${scheme}, ${file.name}`, async () => {
      const space = openSpace();
      const token = await mint(space);
      const form = `file=@${quoted(pathOf(file))};type=${file.contentType}`;
      const upload = await curlUpload(space, file.type, `${scheme} ${token[1].token}`, form);
      const body = JSON.stringify({ text_message: "", media_token: upload[1].id });
      const message = await curl(space, ROUTES.message, ...keyed(space), "-d", body);
      const requests = await space.requests();
      assertUpload(requests[1], file, "multipart");
      await assertShown(space, file, { token, upload, message });
    });
  }
}

test("curl -F without a type of its own is taken too", async () => {
  const space = openSpace();
  for (const file of files) {
    const token = await mint(space);
    const form = `file=@${quoted(pathOf(file))}`;
    const [status] = await curlUpload(space, file.type, `Bearer ${token[1].token}`, form);
    assert.equal(status, 200, file.name);
  }
});

test("what does not fit is refused in Divar's shape", async () => {
  const [picture] = files;
  const path = quoted(pathOf(picture));
  const space = openSpace();
  const form = `file=@${path}`;
  for (const [code, status, scheme, type, form_] of [
    [3, 400, "Bearer", "image", `picture=@${path}`],
    [3, 400, "Bearer", "video", form],
    [16, 401, "Token", "image", form],
    [5, 404, "Bearer", "sticker", form],
  ]) {
    const [, { token }] = await mint(space);
    const answer = await curlUpload(space, type, `${scheme} ${token}`, form_);
    assertRefusal(answer, status, code);
  }
  const [, { token }] = await mint(space);
  await curlUpload(space, "image", `Bearer ${token}`, form);
  assertRefusal(await curlUpload(space, "image", `Bearer ${token}`, form), 401, 16);
  assertRefusal(await curl(space, ROUTES.token, "-H", "x-api-key: another", "-d", "{}"), 401, 16);
});

async function sample(space, form, file) {
  const script = fileURLToPath(new URL("samples.py", import.meta.url));
  const { type, contentType } = file;
  const args = [script, space.base, form, type, pathOf(file), contentType];
  // Debian's own Python, since `requests` is Debian's.
  return JSON.parse(await run("/usr/bin/python3", ...args));
}

const mint = (space) => curl(space, ROUTES.token, ...keyed(space), "-d", "{}");

function curlUpload(space, type, authorization, form) {
  return curl(space, `/upload/${type}`, "-H", `Authorization: ${authorization}`, "-F", form);
}

/** The status and the JSON of an answer. `-q`: whatever this user's curl is set to. */
async function curl(space, path, ...args) {
  const address = space.base + path;
  const printed = await run("curl", "-q", "-sS", "-w", "\n%{http_code}", ...args, address);
  const end = printed.lastIndexOf("\n");
  return [Number(printed.slice(end)), JSON.parse(printed.slice(0, end))];
}

const keyed = ({ key }) => ["-H", `x-api-key: ${key}`, "-H", "content-type: application/json"];

/** A path as curl's `-F` reads one. */
const quoted = (path) => `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

/** One request in a line. */
function describe(request) {
  const type = headerOf(request, "content-type")?.split(";")[0] ?? "nothing";
  return `${request.route} ${request.outcome} as ${type}`;
}

function assertUpload({ path, refused, upload }, file, encoding) {
  assert.equal(refused, null);
  assert.ok(path.endsWith(`/upload/${file.type}`), path);
  assert.equal(upload.encoding, encoding);
  assert.equal(upload.bytes, file.bytes.length);
  assert.equal(upload.sha256, file.sha256);
  if (encoding === "binary") return;
  assert.equal(upload.field, "file");
  assert.equal(upload.file_name, file.name);
  assert.equal(upload.content_type, file.contentType);
}

/** The answers are the contract's, and the message shows the very file. */
async function assertShown(space, file, { token, upload, message }) {
  assert.equal(token[0], 200);
  assert.deepEqual(Object.keys(token[1]), ["token"]);
  assert.match(token[1].token, /^[A-Za-z0-9+/]+=*$/);
  assert.deepEqual(upload, [200, { id: upload[1].id, status: "ok" }]);
  assert.deepEqual(message, [200, { conversation_id: CONVERSATION }]);
  const messages = await space.messages();
  assert.equal(messages.length, 1);
  assert.equal(messages[0].body.media_token, upload[1].id);
  assert.equal(messages[0].media.sha256, file.sha256);
}

function assertRefusal([status, body], expectedStatus, code) {
  assert.equal(status, expectedStatus, JSON.stringify(body));
  assert.equal(body.code, code);
  assert.equal(typeof body.message, "string");
  assert.deepEqual(body.details, []);
}
