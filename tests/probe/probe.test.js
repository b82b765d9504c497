// The probe as a person runs it, against the emulator in several settings.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, request } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { emulatorAddress, openSpace } from "../support/emulator.js";
import { listen } from "../support/server.js";

const require = createRequire(import.meta.url);
const manifest = require.resolve("divar-chat-media/package.json");
/** The command that the package installs. */
const PROBE = join(dirname(manifest), require(manifest).bin["divar-chat-media"]);
const LIMIT_MS = 120_000;
const { key } = emulatorAddress();

const folder = await mkdtemp(join(tmpdir(), "divar-probe-"));
after(() => rm(folder, { recursive: true }));

/** A space of the emulator with these settings. */
async function space(settings = {}) {
  const emulator = openSpace();
  await emulator.set(settings);
  return emulator;
}

/** Runs the probe, and gives what it printed and reported. */
async function run(base, { options = [], apiKey = key, input = "", chatUrl = base } = {}) {
  const file = join(folder, `${crypto.randomUUID()}.json`);
  const hosts = ["--open-api-url", base, "--chat-url", chatUrl];
  const child = spawn(process.execPath, [PROBE, "probe", ...hosts, "--report", file, ...options], {
    env: { ...process.env, DIVAR_API_KEY: apiKey },
    timeout: LIMIT_MS,
  });
  let printed = "";
  child.stdout.on("data", (data) => (printed += data));
  child.stderr.on("data", (data) => (printed += data));
  child.stdin.end(input);
  const [status] = await once(child, "close");
  const text = await readFile(file, "utf8").catch(() => undefined);
  return { status, printed, text, report: text && JSON.parse(text) };
}

const found = ({ findings }, question) =>
  findings.find((finding) => finding.question === question)?.found;

const settled = await space();
const strict = await run(settled.base);

test("the defaults fit the emulator as it starts", () => {
  assert.equal(strict.status, 0, strict.printed);
  assert.deepEqual(strict.report.options, {});
  const surprises = strict.report.findings.filter(({ agrees }) => !agrees);
  assert.deepEqual(surprises, []);
  assert.match(found(strict.report, "Does an upload token serve twice?"), /^no: HTTP 401/);
  assert.match(found(strict.report, "The largest voice"), /^1,500,000 bytes; 1,500,001 is refused/);
  assert.match(strict.printed, /none: the defaults fit/);
});

test("each format that Divar takes is tried", () => {
  const formats = strict.report.findings.filter(({ question }) =>
    /^[A-Z0-9]+ as \w+$/.test(question),
  );
  const tried = formats.map(({ question }) => question.split(" ")[0]).sort();
  const all = "3GP DOC DOCX JPEG M4A MP4 PDF PNG PPT PPTX XLS XLSX";
  assert.deepEqual(tried, all.split(" "));
});

test("nothing is sent into a chat unless a conversation is named", async () => {
  assert.deepEqual(await settled.messages(), []);
});

test("finds other settings and the options for them", async () => {
  const { base } = await space({ token_uses: 3, megabyte: 1_048_576, token_ttl_ms: 500 });
  const { report } = await run(base, { options: ["--token-age", "1"] });
  assert.equal(found(report, "Does an upload token serve twice?"), "yes");
  assert.match(found(report, "Does an upload token live for 1 s?"), /^no: HTTP 401/);
  assert.match(found(report, "The largest image"), /^5,242,880 bytes; 5,242,881 is refused/);
  const maxBytes = { image: 5_242_880, voice: 1_572_864, file: 5_242_880 };
  assert.deepEqual(report.options, { maxBytes });
});

test("finds a host that takes only Basic and answers no pre-flight", async () => {
  const { base } = await space();
  const host = createServer((incoming, outgoing) => {
    const { method, headers } = incoming;
    incoming.on("error", () => {});
    if (method === "OPTIONS" || headers.authorization?.startsWith("Bearer")) {
      incoming.resume();
      incoming.on("end", () => outgoing.writeHead(401).end());
      return;
    }
    const target = new URL(base + incoming.url);
    const forwarded = request(target, { method, headers: { ...headers, host: target.host } });
    forwarded.on("response", (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on("error", () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  const { url: chatUrl, close } = await listen(host);
  try {
    const { report, printed } = await run(base, { chatUrl });
    assert.deepEqual(report.options, { authScheme: "Basic", relay: true });
    assert.equal(found(report, "Bearer and a form"), "refused: HTTP 401, empty");
    assert.equal(found(report, "PDF as file"), "taken");
    assert.match(printed, /✗ May a page upload/);
  } finally {
    close();
  }
});

test("messages are sent into a conversation that is confirmed, and the report has no secret", async () => {
  const { base, messages, allRequests } = await space();
  const conversation = "6Gq+m/D7=";
  const { text, printed, report } = await run(base, {
    options: ["--conversation", conversation],
    input: `${conversation}\n`,
  });
  assert.equal((await messages()).length, 2);
  assert.equal(found(report, "A media message without a text"), "HTTP 200, JSON");
  const received = await allRequests();
  const tokens = received.flatMap(({ headers }) =>
    headers.filter(([name]) => name === "authorization").map(([, value]) => value.split(" ")[1]),
  );
  assert.ok(tokens.length > 10);
  for (const secret of [
    key,
    conversation,
    ...new Set(tokens.filter((token) => token !== "none")),
  ]) {
    assert.ok(!text.includes(secret) && !printed.includes(secret));
  }
});

test("a conversation that is not confirmed gets nothing", async () => {
  const { base, messages, allRequests } = await space();
  const { status, report } = await run(base, { options: ["--conversation", "c"], input: "no\n" });
  assert.equal(status, 1);
  assert.equal(report, undefined);
  assert.deepEqual([await messages(), await allRequests()], [[], []]);
});

test("a wrong key ends it with the error's code", async () => {
  const { base } = await space();
  const { status, printed } = await run(base, { apiKey: "wrong" });
  assert.equal(status, 1);
  assert.match(printed, /^unauthorized: /);
});
