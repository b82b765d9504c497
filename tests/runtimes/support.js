// What the cases share.
import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";

export const JPEG = Uint8Array.from([
  0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1, 0xff, 0xd9,
]);

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** The smallest thing that passes for a JPEG, as a file. */
export const picture = () => new File([JPEG], "عکس.jpg", { type: "image/jpeg" });

/** A space of the emulator that no other case shares. */
export const spaceOf = ({ url, key }) => {
  const name = `@${randomUUID()}`;
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
    requests: async () => (await ask("requests")).requests,
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
export const uploaded = async ({ main, emulator }, options = {}) => {
  const { base, key } = emulator;
  const token = await main.getUploadToken({ apiKey: key, openApiUrl: base, retries: 0 });
  const { file = picture(), type = "image", ...rest } = options;
  return main.uploadMedia(file, type, { token, chatUrl: base, retries: 0, ...rest });
};

/** The package's error that a call must fail with. */
export const failure = async ({ main }, call) => {
  const error = await call().then(
    () => assert.fail("the call must fail"),
    (reason) => reason,
  );
  assert.ok(main.isDivarError(error), String(error));
  assert.ok(error instanceof Error);
  return error;
};
