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
  return {
    /** What a contender has to know. */
    target: { base, key, type },

    /** SHA-256 of each file that was taken, sorted. */
    async arrived() {
      const { requests } = await (await ask("/requests")).json();
      const taken = requests.filter(({ upload, outcome }) => upload && outcome === 200);
      return taken.map(({ upload }) => upload.sha256).sort();
    },

    /** Frees its disk. */
    forget: () => ask("", { method: "DELETE" }),
  };
}
