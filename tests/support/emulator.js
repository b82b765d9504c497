// A client of the emulator. Cases that run in browsers and at the edge use it too: nothing here is
// Node's own.

/** Longer than the emulator takes for any answer, in milliseconds. */
const ANSWER_TIMEOUT = 30_000;

/** The address and the API key of the emulator that `cargo xtask` has started. */
export function emulatorAddress() {
  const { DIVAR_EMULATOR_URL: url, DIVAR_EMULATOR_KEY: key } = process.env;
  if (!url || !key)
    throw new Error("no emulator: run this by `cargo xtask test`, `bench` or `storm`");
  return { url, key };
}

/** The emulator's space without a name. */
export const openEmulator = ({ url, key } = emulatorAddress()) => clientOf(url, key);

/** A space of the emulator with its own files, messages, requests, faults and settings. */
export function openSpace({ url, key } = emulatorAddress(), name = crypto.randomUUID()) {
  return clientOf(`${url}/@${name}`, key);
}

function clientOf(base, key) {
  const ask = async (path, init) => {
    const answer = await fetchInTime(`${base}/__emulator${path}`, init);
    if (!answer.ok) throw new Error(`the emulator answers ${path} with ${answer.status}`);
    return answer;
  };
  const list = async (what) => (await (await ask(`/${what}`)).json())[what];
  const send = async (method, what, value) => {
    const headers = { "Content-Type": "application/json" };
    await ask(`/${what}`, { method, headers, body: JSON.stringify(value) });
  };
  return {
    /** The address of both of Divar's hosts. */
    base,
    /** The path of {@link base}. */
    path: new URL(base).pathname,
    key,

    /** The requests in order, without pre-flights; with a `route`, those to it. */
    requests: async (route) =>
      (await list("requests")).filter(
        (request) => request.method !== "OPTIONS" && (!route || request.route === route),
      ),

    /** The requests in order, with the pre-flights that a browser makes by itself. */
    allRequests: () => list("requests"),

    /** The accepted messages in order. */
    messages: () => list("messages"),

    /** The bytes of an uploaded file. */
    file: async (mediaToken) => (await ask(`/files/${mediaToken}`)).arrayBuffer(),

    /** Scripts faults for the next requests. */
    async fault(...faults) {
      if (faults.length > 0) await send("POST", "faults", { faults });
    },

    /** Changes settings. */
    set: (settings) => send("PUT", "settings", settings),

    /** Removes all of the space, its files on the disk included. */
    async clear() {
      await ask("", { method: "DELETE" });
    },
  };
}

/** Not by `AbortSignal.timeout`, which browsers before Chrome 103 lack. */
async function fetchInTime(url, init) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ANSWER_TIMEOUT);
  try {
    return await fetch(url, { signal: controller.signal, ...init });
  } finally {
    clearTimeout(timer);
  }
}

/** The value of a received request's header; names are in lower case. */
export const headerOf = ({ headers }, name) => headers.find(([known]) => known === name)?.[1];
