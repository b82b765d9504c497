// The scenarios of fault injection, and the outcome that each must have.
import { shuffled } from "./random.js";

/**
 * @typedef {object} Scenario
 * @property {string} name
 * @property {number} share how many of a thousand uploads it gets
 * @property {(random: number) => object[]} faults for the emulator; `random`, from 0 to 1, chooses the byte
 * @property {number} [timeout] of each call, in milliseconds
 * @property {object} [fails] the properties that the error must have
 * @property {string} [codeWithProgress] another code that is right where the transport reports progress
 */

export const RETRIES = 3;
/** More than any call tries. */
const EVERY_TRY = 2 * (RETRIES + 1);

const form = (random) => Math.floor(random * 1500);
const html = { status: 503, body: "html" };

/** Faults of one request: the upload must arrive. */
const transient = [
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

/** Faults of every try: the call must fail with the error of the fault. */
const permanent = [
  {
    name: "truncated JSON",
    fault: { body: { text: '{"id":"m","sta' } },
    fails: { code: "malformed_answer", status: 200 },
  },
  {
    name: "status not ok",
    fault: { body: { text: '{"id":"m","status":"no"}' } },
    fails: { code: "not_ok", status: 200, mediaToken: "m" },
  },
  {
    name: "HTTP 401, always",
    fault: { status: { status: 401 } },
    fails: { code: "unauthorized", status: 401 },
  },
  {
    name: "HTTP 403",
    fault: { status: { status: 403 } },
    fails: { code: "forbidden", status: 403 },
  },
  {
    name: "HTTP 429, Retry-After of an hour",
    fault: { status: { status: 429, retry_after: "3600" } },
    fails: { code: "rate_limited", status: 429, retryAfterMs: 3_600_000 },
  },
  {
    name: "HTTP 500, always",
    fault: { status: { status: 500 } },
    fails: { code: "server_error", status: 500 },
  },
  {
    name: "HTTP 503 with HTML, always",
    fault: { status: html },
    fails: { code: "html_answer", status: 503 },
  },
  {
    name: "reset, always",
    fault: { reset_request: { after: 99 } },
    fails: { code: "network" },
  },
  {
    name: "stall, always",
    fault: { stall_request: { after: 99 } },
    fails: { code: "answer_timeout" },
    codeWithProgress: "stalled",
  },
  {
    // Less than its tries would take.
    name: "stall, and 2 s for all",
    fault: { stall_request: { after: 99 } },
    timeout: 2000,
    fails: { code: "timeout" },
  },
].map(({ fault, fails, ...rest }) => ({
  ...rest,
  share: 5,
  faults: () => [{ on: "upload", times: EVERY_TRY, ...fault }],
  fails: { stage: "upload", ...fails },
}));

/** Faults of the token and of the message, where the call must fail too. */
const otherSteps = [
  {
    name: "403 to the token",
    faults: () => [{ on: "token", status: { status: 403 } }],
    fails: { stage: "token", code: "forbidden", status: 403 },
  },
  {
    name: "message reset after accept",
    faults: () => [{ on: "message", reset_accepted: {} }],
    fails: { stage: "message", code: "network", deliveryUnknown: true },
  },
  {
    name: "500 to the message",
    faults: () => [{ on: "message", status: { status: 500 } }],
    fails: { stage: "message", code: "server_error", status: 500, deliveryUnknown: true },
  },
  {
    name: "429 to the message",
    faults: () => [{ on: "message", status: { status: 429 } }],
    fails: { stage: "message", code: "rate_limited", status: 429, deliveryUnknown: false },
  },
].map((scenario) => ({ share: 5, ...scenario }));

const withFaults = [...transient, ...permanent, ...otherSteps];

export const noFault = { name: "no fault", faults: () => [] };

export const scenarioNames = [noFault, ...withFaults].map(({ name }) => name);

/**
 * The scenario and the transport of each upload, in random order: every scenario by every transport where
 * there are enough uploads.
 */
export function schedule(uploads, transports, random) {
  const faulty = withFaults.flatMap((scenario) => {
    const times = Math.max(transports.length, Math.round((scenario.share * uploads) / 1000));
    return Array(times).fill(scenario);
  });
  const rest = Array(Math.max(0, uploads - faulty.length)).fill(noFault);
  const planned = [...faulty, ...rest].map((scenario, index) => ({
    scenario,
    transport: transports[index % transports.length],
  }));
  return shuffled(planned, random).slice(0, uploads);
}
