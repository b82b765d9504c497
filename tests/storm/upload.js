// One upload of the storm, from the token to the message, and what is wrong
// with what came of it.
import { uploadMedia } from "divar-chat-media";
import { getUploadToken, sendMediaMessage } from "divar-chat-media/edge";
import { judge } from "./judge.js";
import { RETRIES } from "./weather.js";

/** How long one of the package's calls may take, in milliseconds: longer than its tries. */
const TIMEOUT = 30_000;
/** What a busy machine may add to that. */
const SLACK = 2000;

const JPEG = [0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0];

/** A small picture that no other upload has. */
export function picture(random) {
  const bytes = Uint8Array.from({ length: 64 + Math.floor(random() * 1000) }, () => random() * 256);
  bytes.set(JPEG);
  return bytes;
}

/**
 * Sends a picture through this weather.
 *
 * @returns {Promise<string[]>} what is wrong; nothing if all is well
 */
export async function upload({ weather, transport, emulator, watch, random }) {
  const bytes = picture(random);
  const told = transport.tells ? [] : undefined;
  const timeout = weather.timeout ?? TIMEOUT;
  await emulator.script(weather.faults(random()));

  const outcome = await send({ emulator, bytes, told, timeout, watch }).then(
    (sent) => ({ sent }),
    (error) => ({ error }),
  );
  const wrong = await judge({ weather, bytes, told, outcome, arrived: await emulator.arrived() });
  await emulator.forget();
  return wrong;
}

/** The three steps. */
export async function send({ emulator, bytes, told, timeout = TIMEOUT, watch }) {
  const { base, key: apiKey } = emulator;
  const secret = { apiKey, openApiUrl: base, dangerouslyAllowBrowser: true };
  const signal = watch(new AbortController().signal);
  const once = { timeout, signal };
  const limits = { answerTimeout: 1000, retries: RETRIES };
  const token = ({ signal }) => getUploadToken({ ...secret, signal: watch(signal), ...limits });
  const onProgress = told && ((progress) => told.push(progress));
  const file = new File([bytes], "طوفان.jpg", { type: "image/jpeg" });
  const { id } = await onTime(
    timeout,
    uploadMedia(file, "image", {
      token,
      chatUrl: base,
      onProgress,
      stallTimeout: 1000,
      ...limits,
      ...once,
    }),
  );
  const conversation = { target: "chatbot", conversationId: "storm" };
  return onTime(timeout, sendMediaMessage(id, { ...secret, ...once, ...conversation }));
}

/** What `call` gives, if it gives anything by its deadline. */
function onTime(timeout, call) {
  let timer;
  const late = new Promise((_, reject) => {
    const words = `it did not settle within its ${timeout} ms`;
    timer = setTimeout(() => reject(new Error(words)), timeout + SLACK);
  });
  return Promise.race([call, late]).finally(() => clearTimeout(timer));
}
