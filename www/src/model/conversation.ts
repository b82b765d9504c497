import type { ButtonGrid } from "divar-chat-media";
import type { MediaChange } from "divar-chat-media/prepare";
import { mayHaveArrived } from "../failure.js";
import { getConfig, getMessages, type MediaData, type Message } from "../routes.js";
import type { Attachment } from "./attachment.js";
import { forget, outbox } from "./outbox.js";
import { changed } from "./watch.js";

/** What this page knows of a message that it has sent, and Divar does not tell. */
export interface Origin {
  changes: MediaChange[];
  buttons: ButtonGrid | undefined;
  levels: number[] | undefined;
}

let messages: readonly Message[] | undefined;
let error: unknown;
let running: Promise<void> | undefined;
let again = false;
const origins = new Map<string, Origin>();

/** What has arrived, oldest first; nothing before it was asked for. */
export const conversation = (): readonly Message[] | undefined => messages;

/** Why the conversation could not be read, the last time. */
export const conversationError = (): unknown => error;

export const originOf = (message: Message): Origin | undefined => origins.get(message.id);

/** What a message carries, whatever its type. */
export const mediaOf = (message: Message): MediaData | undefined =>
  message.image_data ?? message.video_data ?? message.voice_data ?? message.file_data;

/** Reads the conversation; once more where something was sent meanwhile. */
export function refresh(): Promise<void> {
  again = running !== undefined;
  running ??= read().finally(() => {
    running = undefined;
    changed();
    if (again) void refresh();
  });
  return running;
}

async function read(): Promise<void> {
  try {
    const { conversationId } = await getConfig();
    const found = await getMessages(conversationId);
    const known = new Set(messages?.map(({ id }) => id));
    for (const message of found) if (!known.has(message.id)) recognise(message);
    messages = found;
    error = undefined;
  } catch (cause) {
    error = cause;
  }
}

/** Divar's answer to a message does not say its id: a new one of the same size and type is taken for it. */
function recognise(message: Message): void {
  const size = Number(mediaOf(message)?.size_bytes);
  const sender = outbox().find((attachment) => isOver(attachment) && attachment.size === size);
  if (!sender) return;
  const { changes, buttons, levels } = sender;
  origins.set(message.id, { changes, buttons, levels });
  forget(sender);
}

function isOver({ entry }: Attachment): boolean {
  return entry?.state === "sent" || (entry?.state === "failed" && mayHaveArrived(entry.error));
}
