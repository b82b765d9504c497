// A space of the emulator for one upload, so that it alone meets its faults.

/** Longer than the emulator thinks about anything, in milliseconds. */
const LIMIT = 30_000;

export function spaceOf({ url, key }, name) {
  const base = `${url}/@${name}`;
  const ask = async (path, init) => {
    // Not AbortSignal.timeout: the storm runs in browsers that have none, too.
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), LIMIT);
    try {
      const answer = await fetch(`${base}/__emulator${path}`, { signal: late.signal, ...init });
      if (!answer.ok) throw new Error(`the emulator answers ${path} with ${answer.status}`);
      return await answer.text();
    } finally {
      clearTimeout(timer);
    }
  };
  const headers = { "Content-Type": "application/json" };
  return {
    base,
    key,
    script: async (faults) => {
      if (faults.length === 0) return;
      await ask("/faults", { method: "POST", headers, body: JSON.stringify({ faults }) });
    },
    /** All that came: requests, and the messages among them that were taken. */
    arrived: async () => {
      const { requests } = JSON.parse(await ask("/requests"));
      const { messages } = JSON.parse(await ask("/messages"));
      return { requests, messages };
    },
    forget: () => ask("", { method: "DELETE" }),
  };
}
