// One upload from the token to the message, and what is wrong with its outcome.
import { uploadMedia } from "divar-chat-media";
import { getUploadToken, sendMediaMessage } from "divar-chat-media/edge";
import { jpegOf } from "../support/samples.js";
import { withTimeout } from "../support/wait.js";
import { checkOutcome } from "./check.js";
import { RETRIES } from "./scenarios.js";

/** The limit of each of the package's calls, in milliseconds: longer than all its tries. */
const TIMEOUT = 30_000;
/** What a busy machine may add to that, in milliseconds. */
const SLACK = 2000;

/** A small picture that no other upload has. */
export const picture = (random) =>
  jpegOf(Uint8Array.from({ length: 64 + Math.floor(random() * 1000) }, () => random() * 256));

/**
 * Sends a picture in this scenario.
 *
 * @returns {Promise<string[]>} what is wrong
 */
export async function upload({ scenario, transport, emulator, watch, random }) {
  const bytes = picture(random);
  const progress = transport.reportsProgress ? [] : undefined;
  const timeout = scenario.timeout ?? TIMEOUT;
  await emulator.fault(...scenario.faults(random()));

  const outcome = await send({ emulator, bytes, progress, timeout, watch }).then(
    (sent) => ({ sent }),
    (error) => ({ error }),
  );
  const received = { requests: await emulator.requests(), messages: await emulator.messages() };
  const wrong = await checkOutcome({ scenario, bytes, progress, outcome, received });
  await emulator.clear();
  return wrong;
}

/** The three steps. */
export async function send({ emulator, bytes, progress, timeout = TIMEOUT, watch }) {
  const { base, key: apiKey } = emulator;
  const secret = { apiKey, openApiUrl: base, dangerouslyAllowBrowser: true };
  const signal = watch(new AbortController().signal);
  const once = { timeout, signal };
  const limits = { answerTimeout: 1000, retries: RETRIES };
  const token = ({ signal }) => getUploadToken({ ...secret, signal: watch(signal), ...limits });
  const onProgress = progress && ((report) => progress.push(report));
  const file = new File([bytes], "عکس.jpg", { type: "image/jpeg" });
  const options = { token, chatUrl: base, onProgress, stallTimeout: 1000, ...limits, ...once };
  const { id } = await withTimeout(uploadMedia(file, "image", options), timeout + SLACK);
  const conversation = { target: "chatbot", conversationId: "c" };
  const message = sendMediaMessage(id, { ...secret, ...once, ...conversation });
  return withTimeout(message, timeout + SLACK);
}
