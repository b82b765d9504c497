// Answers calls of Firefox's driver. The driver runs its own scripts in a sandbox, whose `Uint8Array` is not the
// page's: a library that is imported there fails at its first `instanceof`.
addEventListener("message", async ({ data }) => {
  if (data.kind !== "call") return;
  const answer = await call(data).catch((error) => ({ error: `${error} ${error?.stack}` }));
  postMessage({ kind: "answer", answer: JSON.stringify(answer ?? null) });
});

async function call({ file, name, args }) {
  const inside = await import(`./${file}`);
  return inside[name](...args);
}
