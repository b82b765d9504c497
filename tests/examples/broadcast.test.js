// The broadcast under wrangler's local queues: 1,000 recipients, and a fault in a third of the requests.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { randomFrom, shuffled } from "../fault-injection/random.js";
import { JPEG } from "../support/samples.js";
import { until } from "../support/wait.js";
import { start } from "./example.js";

const RECIPIENTS = Array.from({ length: 1000 }, (_, index) => `conversation/${index}=`);
const PER_MINUTE = 6000;
/** wrangler keeps the ledgers of earlier runs. */
const BROADCAST = `broadcasts/${crypto.randomUUID()}`;

/** Faults by how many requests meet each, and the reason on the dead-letter queue, if it ends there. */
const FAULTS = [
  [30, { status: { status: 429, retry_after: "1" } }],
  [60, { status: { status: 429 } }],
  [60, { status: { status: 503, body: "html" } }, "html_answer"],
  [60, { reset_request: { after: 10 } }, "network"],
  [60, { reset_accepted: {} }, "network"],
  [33, { status: { status: 404 } }, "not_found"],
  [30, { body: { status: 412, text: '{"code":9,"message":"blocked"}' } }, "recipient_restricted"],
];
const NOT_FAULTY = { delay: { ms: 0 } };
const REFUSALS = ["not_found", "recipient_restricted"];

/** One fault, or none, for each of the first 1,000 messages. */
function schedule() {
  const faults = FAULTS.flatMap(([count, fault]) => Array(count).fill(fault));
  const none = Array(RECIPIENTS.length - faults.length).fill(NOT_FAULTY);
  return shuffled([...faults, ...none], randomFrom(7)).map((fault) => ({
    on: "message",
    ...fault,
  }));
}

const countBy = (values) => {
  const counts = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

describe("the example broadcast", () => {
  let example;
  let report;
  let requests;
  let delivered;

  const call = async (method, body) => {
    const headers = { Authorization: "Bearer a-secret" };
    const response = await fetch(example.url + BROADCAST, { method, headers, body });
    assert.ok(response.ok, `HTTP ${response.status}`);
    return response.json();
  };

  const begin = () => {
    const form = new FormData();
    form.set("file", new File([JPEG], "news.jpg"));
    form.set("type", "image");
    form.set("conversations", RECIPIENTS.join("\n"));
    return call("PUT", form);
  };

  const observe = async () => {
    report = await call("GET");
    requests = await example.emulator.requests();
    delivered = countBy((await example.emulator.messages()).map(({ target_id }) => target_id));
  };

  before(async () => {
    const env = { MESSAGES_PER_MINUTE: String(PER_MINUTE), BROADCAST_SECRET: "a-secret" };
    example = await start("broadcast", { env });
    await example.emulator.fault(...schedule());
    await begin();
    const ended = async () => {
      const { queued, sending, refused, unknown, undelivered } = await call("GET");
      return queued + sending === 0 && undelivered.length === refused + unknown;
    };
    await until(ended, 300_000);
    await observe();
  });
  after(() => example?.close());

  const ofRoute = (name) => requests.filter(({ route }) => route === name);
  const recipientOf = ({ path }) => decodeURIComponent(path.split("/").at(-2));

  test("uploads the file once", () => {
    assert.equal(ofRoute("upload").length, 1);
    // Of a request that was reset early there is no body.
    const tokens = ofRoute("message").flatMap(({ body }) => body?.media_token ?? []);
    assert.equal(new Set(tokens).size, 1);
  });

  test("delivers no message twice", () => {
    assert.equal(Math.max(...Object.values(delivered)), 1);
    const taken = ofRoute("message").filter(({ outcome }) => outcome !== 429);
    assert.equal(Math.max(...Object.values(countBy(taken.map(recipientOf)))), 1);
  });

  test("loses no recipient: each was reached, or is on the dead-letter queue with the reason", () => {
    const { sent, refused, unknown, undelivered } = report;
    assert.equal(sent + refused + unknown, RECIPIENTS.length);
    const reasons = Object.fromEntries(
      undelivered.map(({ conversationId, reason }) => [conversationId, reason]),
    );
    for (const recipient of RECIPIENTS) {
      const reason = reasons[recipient];
      const count = delivered[recipient] ?? 0;
      if (reason === undefined) assert.equal(count, 1, recipient);
      else if (REFUSALS.includes(reason)) assert.equal(count, 0, recipient);
    }
  });

  test("accounts for each scripted fault", () => {
    const expected = FAULTS.flatMap(([count, , reason]) => Array(reason ? count : 0).fill(reason));
    assert.deepEqual(countBy(report.undelivered.map(({ reason }) => reason)), countBy(expected));
    const refused = expected.filter((reason) => REFUSALS.includes(reason)).length;
    assert.equal(report.refused, refused);
    assert.equal(report.unknown, expected.length - refused);
  });

  test("sends within the quota per minute", () => {
    const times = ofRoute("message").map(({ at }) => Date.parse(at));
    times.sort((a, b) => a - b);
    const perSecond = PER_MINUTE / 60;
    // A request may arrive some milliseconds later than its turn.
    const most = 1.2 * perSecond;
    for (const [index, time] of times.entries()) {
      const next = times[index + most];
      if (next !== undefined)
        assert.ok(next - time >= 1000, `${most} requests in ${next - time} ms`);
    }
  });

  test("sends nothing while Divar asks to wait", () => {
    const messages = ofRoute("message");
    const waits = messages.filter(({ fault }) => fault?.status?.retry_after);
    assert.equal(waits.length, 30);
    for (const { id, at } of waits) {
      const next = messages.find((later) => later.id > id);
      if (next) assert.ok(Date.parse(next.at) - Date.parse(at) >= 1000, `request ${next.id}`);
    }
  });

  test("sends nothing again when the broadcast is begun again", async () => {
    const { sent, queued } = await begin();
    assert.deepEqual({ sent, queued }, { sent: report.sent, queued: 0 });
    const before = requests.length;
    await observe();
    assert.equal(requests.length, before);
  });

  test("refuses a caller without the secret", async () => {
    const response = await fetch(example.url + BROADCAST);
    assert.equal(response.status, 401);
  });
});
