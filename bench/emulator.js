// The emulator's side of the benchmark.

const { DIVAR_EMULATOR_URL: url, DIVAR_EMULATOR_KEY: key } = process.env;
if (!url || !key) throw new Error("run this by `cargo xtask bench`, which starts the emulator");

let spaces = 0;

/** A space of the emulator for the uploads of one type by one contender. */
export function openSpace(type) {
  spaces += 1;
  const base = `${url}/@bench-${process.pid}-${spaces}`;
  const ask = async (path, init) => {
    const answer = await fetch(`${base}/__emulator${path}`, init);
    if (!answer.ok) throw new Error(`the emulator answers ${path} with ${answer.status}`);
    return answer;
  };
  const uploads = async () => {
    const { requests } = await (await ask("/requests")).json();
    return requests.filter(({ upload }) => upload);
  };
  return {
    /** What a contender has to know. */
    target: { base, key, type },

    /** SHA-256 of each file that was taken, sorted. */
    async arrived() {
      const taken = (await uploads()).filter(({ outcome }) => outcome === 200);
      return taken.map(({ upload }) => upload.sha256).sort();
    },

    /** The bytes that all uploads have taken on the way here. */
    async uploadedBytes() {
      return (await uploads()).reduce((sum, request) => sum + request.body_bytes, 0);
    },

    /** How many messages were taken, and the file of one of them. */
    async messages() {
      const { messages } = await (await ask("/messages")).json();
      return messages;
    },

    /** An uploaded file. */
    file: async (token) => Buffer.from(await (await ask(`/files/${token}`)).arrayBuffer()),

    /** Frees its disk. */
    forget: () => ask("", { method: "DELETE" }),
  };
}
