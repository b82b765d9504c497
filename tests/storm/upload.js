// One upload of the storm, from the token to the message, and what is wrong
// with what came of it.
import { createHash } from "node:crypto";
import { countedSignal } from "./count.js";
import { RETRIES } from "./weather.js";

/** Longer than the tries, their deadlines and their pauses take together, in milliseconds. */
const LIMIT = 60_000;

const JPEG = [0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0];

/** A small picture that no other upload has. */
function picture(random) {
  const bytes = Uint8Array.from({ length: 64 + Math.floor(random() * 1000) }, () => random() * 256);
  bytes.set(JPEG);
  return bytes;
}

/**
 * Sends a picture through this weather.
 *
 * @returns {Promise<string[]>} what is wrong; nothing if all is well
 */
export async function upload({ main, edge, emulator, timers, weather, random }) {
  const bytes = picture(random);
  const { signal, left } = countedSignal();
  await emulator.script(weather.faults(random()));

  const outcome = await settled(timers, send({ main, edge, emulator, bytes, signal }));
  const wrong = outcome.late ? ["it did not settle"] : judge(main, weather, outcome);
  if (left() > 0) wrong.push(`${left()} listeners are left`);

  const { uploads, messages } = await emulator.arrived();
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (outcome.sent && uploads.at(-1)?.sha256 !== sha256) wrong.push("another file arrived");
  if (outcome.sent && messages.length !== 1) wrong.push(`${messages.length} messages arrived`);
  if (messages.length > 1) wrong.push("a message arrived twice");
  if (messages.some(({ media }) => media.sha256 !== sha256)) wrong.push("another file was shown");
  await emulator.forget();
  return wrong;
}

async function send({ main, edge, emulator, bytes, signal }) {
  const { base, key: apiKey } = emulator;
  const limits = { stallTimeout: 500, answerTimeout: 1000, signal };
  const mint = (context) =>
    main.getUploadToken({ apiKey, openApiUrl: base, ...limits, retries: RETRIES, ...context });
  const file = new File([bytes], "طوفان.jpg", { type: "image/jpeg" });
  const { id } = await main.uploadMedia(file, "image", {
    token: mint,
    chatUrl: base,
    retries: RETRIES,
    ...limits,
  });
  const conversation = { target: "chatbot", conversationId: "storm" };
  return edge.sendMediaMessage(id, { apiKey, openApiUrl: base, signal, ...conversation });
}

function settled({ setTimeout, clearTimeout }, call) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LIMIT, { late: true });
    const done = (outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    call.then(
      (sent) => done({ sent }),
      (error) => done({ error }),
    );
  });
}

function judge(main, { fails }, { error }) {
  if (!fails) return error ? [`it failed: ${error.stage} ${error.code ?? error}`] : [];
  if (!error) return ["it went well"];
  if (!main.isDivarError(error)) return [`no error of ours: ${error}`];
  return Object.entries(fails)
    .filter(([name, value]) => error[name] !== value)
    .map(([name, value]) => `${name} is ${error[name]} and not ${value}`);
}
