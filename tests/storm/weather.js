// What an upload of the storm meets, and what must come of it. `share` is its
// part of a thousand; `faults` what the emulator does, given a random number
// from 0 to 1 for where in the body it does it.

const RETRIES = 3;
/** More than any call tries. */
const LASTING = 2 * (RETRIES + 1);

const form = (random) => Math.floor(random * 1500);
const html = { status: 503, body: "html" };

/** Faults that pass: the upload must arrive all the same. */
const passing = [
  ["reset at byte N", (random) => ({ on: "upload", reset_request: { after: form(random) } })],
  ["stall at byte N", (random) => ({ on: "upload", stall_request: { after: form(random) } })],
  ["reset within the answer", () => ({ on: "upload", reset_response: { after: 9 } })],
  ["stall within the answer", () => ({ on: "upload", stall_response: { after: 9 } })],
  ["reset after accept", () => ({ on: "upload", reset_accepted: {} })],
  ["HTTP 429, Retry-After", () => ({ on: "upload", status: { status: 429, retry_after: "1" } })],
  ["HTTP 429", () => ({ on: "upload", status: { status: 429 } })],
  ["HTTP 401", () => ({ on: "upload", status: { status: 401 } })],
  ["HTTP 500", () => ({ on: "upload", status: { status: 500 } })],
  ["HTTP 503, HTML", () => ({ on: "upload", status: html })],
  ["slow answer", () => ({ on: "upload", delay: { ms: 300 } })],
  ["503 to the token", () => ({ on: "token", status: html })],
  ["token reset", () => ({ on: "token", reset_accepted: {} })],
].map(([name, fault]) => ({ name, share: 20, faults: (random) => [fault(random)] }));

/** Faults that do not pass: the call must fail, and say what was scripted. */
const lasting = [
  ["truncated JSON", { on: "upload", body: { text: '{"id":"m","sta' } }, "malformed_answer"],
  ["status not ok", { on: "upload", body: { text: '{"id":"m","status":"no"}' } }, "not_ok"],
  ["HTTP 401, always", { on: "upload", status: { status: 401 } }, "unauthorized"],
  ["HTTP 403", { on: "upload", status: { status: 403 } }, "forbidden"],
  [
    "HTTP 429, Retry-After of an hour",
    { on: "upload", status: { status: 429, retry_after: "3600" } },
    "rate_limited",
  ],
  ["HTTP 500, always", { on: "upload", status: { status: 500 } }, "server_error"],
  ["HTTP 503 with HTML, always", { on: "upload", status: html }, "html_answer"],
  ["reset, always", { on: "upload", reset_request: { after: 99 } }, "network"],
  ["stall, always", { on: "upload", stall_request: { after: 99 } }, "answer_timeout"],
].map(([name, fault, code]) => ({
  name,
  share: 5,
  faults: () => [{ ...fault, times: LASTING }],
  fails: { stage: "upload", code },
}));

/** Faults of the other two steps, where the call must fail too. */
const beside = [
  {
    name: "403 to the token",
    faults: () => [{ on: "token", status: { status: 403 } }],
    fails: { stage: "token", code: "forbidden" },
  },
  {
    name: "message reset after accept",
    faults: () => [{ on: "message", reset_accepted: {} }],
    fails: { stage: "message", code: "network", deliveryUnknown: true },
  },
  {
    name: "500 to the message",
    faults: () => [{ on: "message", status: { status: 500 } }],
    fails: { stage: "message", code: "server_error", deliveryUnknown: true },
  },
  {
    name: "429 to the message",
    faults: () => [{ on: "message", status: { status: 429 } }],
    fails: { stage: "message", code: "rate_limited", deliveryUnknown: false },
  },
].map((weather) => ({ share: 5, ...weather }));

const faulty = [...passing, ...lasting, ...beside];
const share = faulty.reduce((sum, weather) => sum + weather.share, 0);
const all = [{ name: "calm", share: 1000 - share, faults: () => [] }, ...faulty];

export { RETRIES };

/** The weather of one upload, by a random number from 0 to 1. */
export function pick(random) {
  let rest = random * 1000;
  return all.find((weather) => {
    rest -= weather.share;
    return rest < 0;
  });
}
