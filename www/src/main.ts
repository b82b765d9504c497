import type { MediaType, UploadProgress } from "divar-chat-media";
import { buildMediaMessage, getUploadToken, uploadMedia } from "divar-chat-media";
import {
  clearFailure,
  clearFile,
  forbidCancel,
  say,
  sayFailure,
  showProgress,
  startComposer,
} from "./composer.js";
import { showMessages } from "./conversation.js";
import { byId } from "./element.js";
import { tell } from "./failure.js";
import type { Config } from "./routes.js";
import { getConfig, getMessages, sendMessage } from "./routes.js";

const messages = byId("messages", HTMLOListElement);
const empty = byId("empty", HTMLParagraphElement);

let config: Config | undefined;
/** A file that has gone up and whose message has not: trying again need not upload it twice. */
let uploaded: { file: File; type: MediaType; id: string } | undefined;

async function refresh(): Promise<void> {
  config ??= await getConfig();
  showMessages(messages, await getMessages(config.conversationId));
  empty.hidden = messages.childElementCount > 0;
}

async function send(file: File, type: MediaType, cancelled: AbortSignal): Promise<void> {
  config ??= await getConfig();
  if (uploaded?.file !== file || uploaded.type !== type) {
    uploaded = { file, type, id: await upload(file, type, config.chatUrl, cancelled) };
  }
  forbidCancel();
  say("پیام فرستاده می‌شود…");
  await sendMessage(buildMediaMessage(uploaded.id), config.conversationId);
  uploaded = undefined;
  clearFile();
  await refresh();
  say("فرستاده شد.");
}

async function upload(
  file: File,
  type: MediaType,
  chatUrl: string,
  signal: AbortSignal,
): Promise<string> {
  const media = await uploadMedia(file, type, { token: getToken, chatUrl, onProgress, signal });
  return media.id;
}

/** Asks this page's server for a token; each try of an upload gets one of its own. */
async function getToken({ signal }: { signal: AbortSignal }): Promise<string> {
  say("اجازهٔ بارگذاری گرفته می‌شود…");
  const token = await getUploadToken({ endpoint: "/divar", signal });
  say("فایل بارگذاری می‌شود…");
  return token;
}

function onProgress({ loaded, total, phase }: UploadProgress): void {
  showProgress(loaded / total);
  if (phase === "processing") say("دیوار فایل را بررسی می‌کند…");
}

startComposer(async (file, type, cancelled) => {
  try {
    await send(file, type, cancelled);
  } catch (error) {
    if (cancelled.aborted) say("فرستادن لغو شد.");
    else sayFailure(tell(error));
  }
});

async function refreshOrTell(): Promise<void> {
  try {
    await refresh();
    clearFailure();
  } catch (error) {
    sayFailure(tell(error));
  }
}

byId("reload", HTMLButtonElement).addEventListener("click", () => void refreshOrTell());
void refreshOrTell();
