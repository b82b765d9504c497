// What the cases share. They run in browsers and at the edge too: nothing here,
// and nothing in them, is Node's own.
import { assert } from "chai";

export const JPEG = Uint8Array.from([
  0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1, 0xff, 0xd9,
]);

export async function sha256(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The smallest thing that passes for a JPEG, as a file. */
export const picture = () => new File([JPEG], "عکس.jpg", { type: "image/jpeg" });

/** A space of the emulator that no other case shares. */
export const spaceOf = ({ url, key }) => {
  const name = `@${crypto.randomUUID()}`;
  const base = `${url}/${name}`;
  const ask = async (path, init) => {
    const answer = await fetch(`${base}/__emulator/${path}`, init);
    assert.ok(answer.ok, `the emulator takes ${path}`);
    return answer.json();
  };
  return {
    name,
    base,
    key,
    /** Without the pre-flights, which a browser makes by itself. */
    requests: async () => {
      const { requests } = await ask("requests");
      return requests.filter(({ method }) => method !== "OPTIONS");
    },
    messages: async () => (await ask("messages")).messages,
    fault: (fault) =>
      ask("faults", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ faults: [fault] }),
      }),
  };
};

/** Uploads a small picture with a fresh token and these further options. */
export const uploaded = async ({ main, edge, emulator, secret }, options = {}) => {
  const token = await edge.getUploadToken({ ...secret, retries: 0 });
  const { file = picture(), type = "image", ...rest } = options;
  return main.uploadMedia(file, type, { token, chatUrl: emulator.base, retries: 0, ...rest });
};

/** What a promise must be rejected with. */
export const rejection = (promise) =>
  promise.then(
    () => assert.fail("the call must fail"),
    (reason) => reason,
  );

/** That a call ended with its signal's reason, or with an `AbortError` where signals have no reasons. */
export const assertReason = ({ traits }, error, reason) => {
  if (traits.signalsHaveReasons) assert.strictEqual(error, reason);
  else assert.strictEqual(error.name, "AbortError");
};

/** What a function must throw. */
export const thrown = (call) => {
  let value;
  try {
    value = call();
  } catch (error) {
    return error;
  }
  return assert.fail(`the call must throw, and gave ${value}`);
};

/** The package's error that a call must fail with. */
export const failure = async ({ main }, call) => {
  const error = await rejection(call());
  assert.ok(main.isDivarError(error), String(error));
  assert.ok(error instanceof Error);
  return error;
};

/**
 * Waits until a condition holds.
 *
 * @param {() => boolean | Promise<boolean>} condition
 * @param {{ timeout?: number }} options the longest wait, in milliseconds
 */
export const until = async (condition, { timeout = 20_000 } = {}) => {
  const end = performance.now() + timeout;
  while (!(await condition())) {
    assert.isBelow(performance.now(), end, `the condition did not hold within ${timeout} ms`);
    await pause(10);
  }
};

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The value of a received request's header; names are in lower case. */
export const headerOf = ({ headers }, name) => headers.find(([known]) => known === name)?.[1];

/** Ends a case that is not about this runtime, as one that neither passed nor failed. */
export const needs = (holds, reason) => {
  if (!holds) throw new NotHere(reason);
};

export class NotHere extends Error {}
