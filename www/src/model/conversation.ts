import { mayHaveArrived } from "../failure.js";
import { getConfig, getMessages, type MediaData, type Message } from "../routes.js";
import type { Attachment } from "./attachment.js";
import { keepOrigin, originOf } from "./origins.js";
import { forget, outbox } from "./outbox.js";
import { changed } from "./watch.js";

let messages: readonly Message[] | undefined;
let error: unknown;
let running: Promise<void> | undefined;
let again = false;

/** What has arrived, oldest first; nothing before it was asked for. */
export const conversation = (): readonly Message[] | undefined => messages;

/** Why the conversation could not be read, the last time. */
export const conversationError = (): unknown => error;

/** The messages that are known of, by their ids. */
export const knownIds = (): ReadonlySet<string> => new Set(messages?.map(({ id }) => id));

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
    for (const message of found) if (!originOf(message.id)) recognise(message);
    messages = found;
    error = undefined;
  } catch (cause) {
    error = cause;
  }
}

/**
 * Divar's answer to a message does not say its id: one of the same size that was not there when the
 * file was sent is taken for it. It may come to be seen before its answer has come.
 */
function recognise(message: Message): void {
  const size = Number(mediaOf(message)?.size_bytes);
  const sender = outbox().find(
    (sent) => isOver(sent) && sent.size === size && !sent.before.has(message.id),
  );
  if (!sender) return;
  const { changes, buttons, levels } = sender;
  keepOrigin(message.id, { changes, buttons, levels });
  forget(sender);
  sender.discard();
}

function isOver({ entry }: Attachment): boolean {
  return entry?.state === "sent" || (entry?.state === "failed" && mayHaveArrived(entry.error));
}
