// What the emulator received, and what it shall do wrong next.

const BASE = required("DIVAR_EMULATOR_URL").replace(/\/$/, "");

/** Forgets everything, so that no test sees what another one did. */
export async function resetEmulator() {
  await ask("/__emulator", { method: "DELETE" });
}

/** Everything received on `route` ("token", "upload", "message" or "conversation"), in order. */
export async function requestsTo(route) {
  const { requests } = await ask("/__emulator/requests");
  return requests.filter((request) => request.route === route);
}

/** The messages accepted, in order. */
export async function acceptedMessages() {
  return (await ask("/__emulator/messages")).messages;
}

export async function script(...faults) {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ faults });
  await ask("/__emulator/faults", { method: "POST", headers, body });
}

/** An environment variable that the task runner sets. */
export function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests by "cargo xtask test demo".`);
  return value;
}

async function ask(path, request) {
  const response = await fetch(BASE + path, request);
  const text = await response.text();
  if (!response.ok)
    throw new Error(`The emulator answered ${path} with ${response.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
