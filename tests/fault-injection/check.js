// Whether an upload's outcome is what its scenario allows.
import { isDivarError } from "divar-chat-media";
import { sha256 } from "../support/sha256.js";

/**
 * @param {object} upload
 * @param {object} upload.scenario
 * @param {Uint8Array} upload.bytes what was sent
 * @param {object[] | undefined} upload.progress the reports to `onProgress`, if it had one
 * @param {{ sent?: object, error?: unknown }} upload.outcome
 * @param {{ requests: object[], messages: object[] }} upload.received by the emulator
 * @returns {Promise<string[]>} what is wrong
 */
export async function checkOutcome({ scenario, bytes, progress, outcome, received }) {
  return [
    ...checkEnd(scenario, outcome, progress !== undefined),
    ...checkReceived(scenario, outcome, received, await sha256(bytes)),
    ...(progress ? checkProgress(progress, bytes.length, outcome) : []),
  ];
}

function checkEnd({ fails, codeWithProgress }, { error }, hasProgress) {
  if (!fails) return error ? [`it failed: ${error.stage} ${error.code ?? error}`] : [];
  if (!error) return ["it succeeded"];
  if (!isDivarError(error)) return [`not an error of the package: ${error}`];
  const isSeen = hasProgress && error.code === codeWithProgress;
  const code = isSeen ? codeWithProgress : fails.code;
  return Object.entries({ ...fails, code })
    .filter(([name, value]) => error[name] !== value)
    .map(([name, value]) => `${name} is ${error[name]}, expected ${value}`);
}

/** The fault was met, the file is whole, and the message came once. */
function* checkReceived(scenario, { sent }, { requests, messages }, hash) {
  const hasFault = scenario.faults(0).length > 0;
  if (hasFault && requests.every(({ fault }) => fault === null)) yield "it met no fault";
  const uploads = requests.flatMap(({ upload }) => upload ?? []);
  if (sent && uploads.at(-1)?.sha256 !== hash) yield "another file arrived";
  if (sent && messages.length !== 1) yield `${messages.length} messages arrived`;
  if (messages.some(({ media }) => media.sha256 !== hash)) yield "a message has another file";
  const tries = requests.filter(({ route }) => route === "message").length;
  if (tries > 1 || messages.length > 1) yield `a message was sent ${tries} times`;
}

/** Bytes of the file that never decrease, then one report that all of them have gone. */
function* checkProgress(progress, size, { sent }) {
  if (progress.some(({ total }) => total !== size)) yield "progress has another size";
  if (progress.some(({ loaded }) => !(loaded >= 0 && loaded <= size))) {
    yield "progress is out of range";
  }
  if (progress.some(({ loaded }, at) => loaded < progress[at - 1]?.loaded)) {
    yield "progress decreased";
  }
  const gone = progress.findIndex(({ phase }) => phase === "processing");
  if (gone >= 0 && gone !== progress.length - 1) yield "progress after all bytes had gone";
  if (gone >= 0 && progress[gone].loaded !== size) yield "progress ended before all bytes had gone";
  if (sent && gone < 0) yield "progress did not end";
}
