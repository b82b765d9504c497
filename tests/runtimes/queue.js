// Many files, in every runtime.
import { assert } from "chai";
import { JPEG } from "../support/samples.js";
import { thrown } from "./support.js";

/** A picture that its size identifies. */
const picture = (number) => new File([JPEG, new Uint8Array(number)], `${number}.jpg`);
const pictures = (count) => Array.from({ length: count }, (_, number) => picture(number));

/** A promise, and what settles it. */
function gate() {
  const made = {};
  made.promise = new Promise((open, fail) => Object.assign(made, { open, fail }));
  return made;
}

/** A queue whose files are sent when the test says so. */
function manual(main, options = {}) {
  const calls = [];
  const send = (file, context) => {
    const call = { file, context, ...gate() };
    calls.push(call);
    return call.promise;
  };
  return { queue: new main.MediaQueue({ send, ...options }), calls };
}

/** A queue whose uploads end when the test says so; a message is its media token. */
function uploading(main, options = {}) {
  const uploads = [];
  const messages = [];
  const send = async (_file, { signal, beforeMessage }) => {
    const upload = gate();
    const mediaToken = `m${uploads.length}`;
    uploads.push(upload);
    await upload.promise;
    await beforeMessage(mediaToken);
    if (!signal.aborted) messages.push(mediaToken);
  };
  return { queue: new main.MediaQueue({ send, ...options }), uploads, messages };
}

/** Lets everything that is ready run. */
const turn = () => new Promise((resolve) => setTimeout(resolve));

const states = (queue) => queue.entries.map(({ state }) => state).join(" ");

export const queue = {
  "sends a few files at a time and returns the results in order": async ({ main }) => {
    const { queue, calls } = manual(main, { concurrency: 2 });
    for (const file of pictures(4)) queue.add(file);
    assert.strictEqual(states(queue), "sending sending waiting waiting");
    calls[1].open("b");
    await turn();
    assert.strictEqual(states(queue), "sending sent sending waiting");
    calls[2].open("c");
    await turn();
    calls[3].open("d");
    calls[0].open("a");
    const results = await queue.settled();
    assert.deepEqual(
      results.map(({ value }) => value),
      ["a", "b", "c", "d"],
    );
  },

  "one failure does not stop the others, and can be tried again": async ({ main }) => {
    const { queue, calls } = manual(main, { concurrency: 1 });
    const [first, second] = pictures(2).map((file) => queue.add(file));
    calls[0].fail(Object.assign(new Error("no"), { mediaToken: "m" }));
    await turn();
    assert.strictEqual(states(queue), "failed sending");
    assert.strictEqual(first.error.message, "no");
    calls[1].open();
    const [failed, sent] = await queue.settled();
    assert.deepEqual([failed.status, sent.status], ["rejected", "fulfilled"]);

    first.retry();
    second.retry();
    assert.strictEqual(states(queue), "sending sent");
    assert.strictEqual(calls[2].context.mediaToken, "m", "it continues with its media token");
    calls[2].open("again");
    assert.deepEqual((await queue.settled())[0], { status: "fulfilled", value: "again" });
  },

  "a cancelled file frees its slot, even if its `send` does not settle": async ({ main }) => {
    const { queue, calls } = manual(main, { concurrency: 1 });
    const [first, second, third] = pictures(3).map((file) => queue.add(file));
    second.cancel();
    first.cancel();
    assert.strictEqual(calls[0].context.signal.aborted, true);
    await turn();
    assert.strictEqual(states(queue), "cancelled cancelled sending");
    assert.strictEqual(calls[1].file.size, third.total);

    calls[0].context.onProgress({ loaded: 9, total: 9, phase: "uploading" });
    assert.strictEqual(first.loaded, 0, "its later progress is ignored");
    first.retry();
    third.remove();
    await turn();
    assert.strictEqual(states(queue), "sending cancelled");
    calls.at(-1).open("a");
    const [sent, cancelled] = await queue.settled();
    assert.strictEqual(sent.value, "a");
    assert.strictEqual(cancelled.reason.name, "AbortError");
  },

  "progress is summed, and that of no file decreases": async ({ main }) => {
    const changes = [];
    const { queue, calls } = manual(main, { onChange: ({ loaded }) => changes.push(loaded) });
    const [first, second] = pictures(2).map((file) => queue.add(file));
    const total = first.total + second.total;
    assert.deepEqual([queue.loaded, queue.total], [0, total]);
    calls[0].context.onProgress({ loaded: 7, total: first.total, phase: "uploading" });
    calls[1].context.onProgress({ loaded: 5, total: second.total, phase: "processing" });
    calls[0].context.onProgress({ loaded: 2, total: first.total, phase: "uploading" });
    assert.deepEqual([first.loaded, second.phase, queue.loaded], [7, "processing", 12]);
    assert.deepEqual(changes.slice(-3), [7, 5, 7]);
    second.cancel();
    assert.deepEqual([queue.loaded, queue.total], [7, first.total]);
    calls[0].open();
    await queue.settled();
    assert.deepEqual([queue.loaded, queue.total], [first.total, first.total]);
  },

  "tokens are fetched one call at a time, ahead of need, each for one use": async ({ main }) => {
    const asked = [];
    const token = () => {
      const call = gate();
      asked.push(call);
      return call.promise;
    };
    const taken = [];
    const send = async (_file, { token, signal }) => {
      taken.push(await token({ signal }));
      await holding.promise;
    };
    const holding = gate();
    const queue = new main.MediaQueue({ send, token, concurrency: 2 });
    for (const file of pictures(4)) queue.add(file);
    await turn();
    assert.strictEqual(asked.length, 1, "one call for the two that wait");
    for (const [index, expected] of [
      [0, ["t0"]],
      [1, ["t0", "t1"]],
      [2, ["t0", "t1"]],
    ]) {
      asked[index].open(`t${index}`);
      await turn();
      assert.deepEqual(taken, expected);
    }
    assert.strictEqual(asked.length, 3, "one is kept ahead for those that wait, and no more");
    holding.open();
    await turn();
    assert.deepEqual(taken, ["t0", "t1", "t2"]);
    asked[3].open("t3");
    await queue.settled();
    assert.deepEqual(taken, ["t0", "t1", "t2", "t3"]);
    assert.strictEqual(asked.length, 4, "no token is fetched that no one needs");
  },

  "does not wait for a token that is no longer needed": async ({ main }) => {
    let signal;
    const token = (context) => {
      ({ signal } = context);
      return new Promise(() => {});
    };
    const send = (_file, { token, signal }) => token({ signal });
    const queue = new main.MediaQueue({ send, token });
    const entry = queue.add(picture(0));
    await turn();
    assert.strictEqual(signal.aborted, false);
    entry.cancel();
    await queue.settled();
    assert.strictEqual(signal.aborted, true);
  },

  "a failed token fails those who wait for it, and the next file asks for another": async ({
    main,
  }) => {
    let calls = 0;
    const token = async () => {
      calls += 1;
      if (calls === 1) throw new Error("no token");
      return "t";
    };
    const send = (_file, { token, signal }) => token({ signal });
    const queue = new main.MediaQueue({ send, token, concurrency: 2 });
    for (const file of pictures(3)) queue.add(file);
    const results = await queue.settled();
    assert.deepEqual(
      results.map(({ status }) => status),
      ["rejected", "rejected", "fulfilled"],
    );
  },

  "many files arrive through a few slots, though some meet faults": async (runtime) => {
    const { main, edge, emulator, app, secret } = runtime;
    await emulator.fault({ on: "upload", times: 3, status: { status: 503, body: "html" } });
    await emulator.fault({ on: "upload", status: { status: 401 } });
    let most = 0;
    const queue = new main.MediaQueue({
      token: ({ signal }) => edge.getUploadToken({ ...secret, signal }),
      send: (file, context) =>
        main.sendMedia(file, { ...app, conversationId: "c", ...context, retries: 3 }),
      concurrency: 4,
      onChange: () => {
        const uploading = queue.entries.filter(
          ({ state, mediaToken }) => state === "sending" && mediaToken === undefined,
        );
        most = Math.max(most, uploading.length);
      },
    });
    const files = pictures(40);
    for (const file of files) queue.add(file);
    const results = await queue.settled();
    assert.deepEqual(new Set(results.map(({ status }) => status)), new Set(["fulfilled"]));
    assert.strictEqual(most, 4);
    assert.strictEqual(queue.loaded, queue.total);
    const messages = await emulator.messages();
    const sizes = messages.map(({ media }) => media.size).sort((a, b) => a - b);
    assert.deepEqual(
      sizes,
      files.map(({ size }) => size),
    );
  },

  "messages go in the order of the files, although the last is uploaded first": async ({
    main,
  }) => {
    const { queue, uploads, messages } = uploading(main);
    for (const file of pictures(3)) queue.add(file);
    for (const index of [2, 1]) {
      uploads[index].open();
      await turn();
      assert.deepEqual(messages, []);
      assert.strictEqual(queue.entries[index].mediaToken, `m${index}`);
    }
    uploads[0].open();
    await queue.settled();
    assert.deepEqual(messages, ["m0", "m1", "m2"]);
  },

  "with the order completed, each message is sent as soon as it can": async ({ main }) => {
    const { queue, uploads, messages } = uploading(main, { order: "completed" });
    for (const file of pictures(3)) queue.add(file);
    for (const index of [2, 0, 1]) {
      uploads[index].open();
      await turn();
    }
    await queue.settled();
    assert.deepEqual(messages, ["m2", "m0", "m1"]);
  },

  "a file whose message waits frees its slot for the next upload": async ({ main }) => {
    const { queue, uploads, messages } = uploading(main, { concurrency: 2 });
    for (const file of pictures(4)) queue.add(file);
    assert.strictEqual(uploads.length, 2);
    uploads[1].open();
    await turn();
    assert.strictEqual(uploads.length, 3);
    uploads[2].open();
    await turn();
    assert.strictEqual(uploads.length, 4);
    uploads[3].open();
    uploads[0].open();
    await queue.settled();
    assert.deepEqual(messages, ["m0", "m1", "m2", "m3"]);
  },

  "a file that fails, is cancelled or is removed delays no other": async ({ main }) => {
    const { queue, uploads, messages } = uploading(main, { concurrency: 4 });
    const [first, second, third] = pictures(4).map((file) => queue.add(file));
    uploads[3].open();
    await turn();
    uploads[0].fail(new Error("no"));
    await turn();
    assert.deepEqual([first.state, messages], ["failed", []]);
    second.cancel();
    await turn();
    assert.deepEqual(messages, []);
    third.remove();
    await queue.settled();
    assert.deepEqual(messages, ["m3"]);
  },

  "a file that is tried again neither waits for the others nor holds them": async ({ main }) => {
    const { queue, uploads, messages } = uploading(main);
    const [first] = pictures(3).map((file) => queue.add(file));
    uploads[0].fail(new Error("no"));
    await turn();
    first.retry();
    uploads[2].open();
    await turn();
    assert.deepEqual(messages, []);
    uploads[3].open();
    await turn();
    assert.deepEqual(messages, ["m3"]);
    uploads[1].open();
    await queue.settled();
    assert.deepEqual(messages, ["m3", "m1", "m2"]);
  },

  "a file that is cancelled while its message is held sends none": async ({ main }) => {
    const { queue, uploads, messages } = uploading(main);
    const [, second] = pictures(2).map((file) => queue.add(file));
    uploads[1].open();
    await turn();
    second.cancel();
    uploads[0].open();
    await queue.settled();
    assert.deepEqual(messages, ["m0"]);
    assert.strictEqual(second.mediaToken, "m1", "it need not be uploaded again");
  },

  "pictures arrive in order, although the first upload takes longest": async (runtime) => {
    const { main, emulator, app } = runtime;
    await emulator.fault({ on: "upload", delay: { ms: 700 } });
    const queue = new main.MediaQueue({
      send: (file, context) => main.sendMedia(file, { ...app, conversationId: "c", ...context }),
    });
    const files = pictures(5);
    for (const file of files) queue.add(file);
    await queue.settled();
    const sizes = (await emulator.messages()).map(({ media }) => media.size);
    assert.deepEqual(
      sizes,
      files.map(({ size }) => size),
    );
  },

  "an exception of beforeMessage ends the call before the message": async (runtime) => {
    const { main, emulator, app } = runtime;
    const given = [];
    const beforeMessage = async (mediaToken) => {
      given.push(mediaToken);
      throw new RangeError("not now");
    };
    const call = main.sendMedia(picture(0), { ...app, conversationId: "c", beforeMessage });
    const error = await call.catch((thrown) => thrown);
    assert.strictEqual(error.message, "not now");
    assert.strictEqual(given.length, 1);
    assert.deepEqual(await emulator.messages(), []);
    const wrong = { ...app, conversationId: "c", beforeMessage: 1 };
    const { code, stage } = await main.sendMedia(picture(0), wrong).catch((thrown) => thrown);
    assert.deepEqual([code, stage], ["invalid_argument", "message"]);
  },

  "a queue without `send` is an invalid argument": async ({ main }) => {
    const send = () => {};
    const wrong = [undefined, {}, { send: 1 }, { send, concurrency: 0 }, { send, order: "size" }];
    for (const options of wrong) {
      const error = thrown(() => new main.MediaQueue(options));
      assert.strictEqual(error.code, "invalid_argument");
    }
  },
};
