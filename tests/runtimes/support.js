// Calls and assertions that the cases share. They run in browsers and at the edge too: nothing here, and
// nothing in them, is Node's own.
import { assert } from "chai";
import { picture } from "../support/samples.js";

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

/** Ends a case that is not about this runtime, as one that neither passed nor failed. */
export const needs = (holds, reason) => {
  if (!holds) throw new NotHere(reason);
};

export class NotHere extends Error {}
