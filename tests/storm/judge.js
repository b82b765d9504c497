// Whether what came of an upload is what the weather allows.
import { isDivarError } from "divar-chat-media";

/**
 * @param {{weather, bytes, told, outcome, arrived}} upload what it met, what it
 *   sent, what it told of its progress (if it did), how it ended, and what the
 *   emulator has of it
 * @returns {Promise<string[]>} what is wrong
 */
export async function judge({ weather, bytes, told, outcome, arrived }) {
  const sha256 = await hash(bytes);
  return [
    ...ending(weather, outcome, told !== undefined),
    ...arrival(weather, outcome, arrived, sha256),
    ...(told ? progress(told, bytes.length, outcome) : []),
  ];
}

async function hash(bytes) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What the call gave, against what was scripted. */
function ending({ fails, whereSeen }, { error }, seen) {
  if (!fails) return error ? [`it failed: ${error.stage} ${error.code ?? error}`] : [];
  if (!error) return ["it went well"];
  if (!isDivarError(error)) return [`no error of ours: ${error}`];
  const code = seen && error.code === whereSeen ? whereSeen : fails.code;
  return Object.entries({ ...fails, code })
    .filter(([name, value]) => error[name] !== value)
    .map(([name, value]) => `${name} is ${error[name]} and not ${value}`);
}

/** What the emulator got: the fault was met, the file is whole, the message came once. */
function* arrival(weather, { sent }, { requests, messages }, sha256) {
  const calm = weather.faults(0).length === 0;
  const met = requests.filter(({ fault }) => fault !== null).length;
  if (!calm && met === 0) yield "it met no fault";
  const uploads = requests.flatMap(({ upload }) => upload ?? []);
  if (sent && uploads.at(-1)?.sha256 !== sha256) yield "another file arrived";
  if (sent && messages.length !== 1) yield `${messages.length} messages arrived`;
  if (messages.some(({ media }) => media.sha256 !== sha256)) yield "another file was shown";
  const tries = requests.filter(({ route }) => route === "message").length;
  if (tries > 1 || messages.length > 1) yield `a message was sent ${tries} times`;
}

/** What was told on the way: bytes of the file, never backwards, then once that all have gone. */
function* progress(told, size, { sent }) {
  if (told.some(({ total }) => total !== size)) yield "progress tells of another size";
  if (told.some(({ loaded }) => !(loaded >= 0 && loaded <= size))) yield "progress is out of range";
  if (told.some(({ loaded }, at) => loaded < told[at - 1]?.loaded)) yield "progress went backwards";
  const gone = told.findIndex(({ phase }) => phase === "processing");
  if (gone >= 0 && gone !== told.length - 1) yield "progress was told after all had gone";
  if (gone >= 0 && told[gone].loaded !== size) yield "progress ended before all had gone";
  if (sent && gone < 0) yield "progress never came to its end";
}
