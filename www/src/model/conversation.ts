import { getMessages, type MediaData, type Message } from "../routes.js";
import { loadConfig } from "./config.js";
import { keepOrigin, originOf } from "./origins.js";
import { findFile } from "./sent-files.js";
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
    const { conversationId } = await loadConfig();
    const found = await getMessages(conversationId);
    for (const message of found) if (!originOf(message.id)) recognise(message);
    messages = found;
    error = undefined;
  } catch (cause) {
    error = cause;
  }
}

/** Keeps what this page knows of a message that it has sent. */
function recognise(message: Message): void {
  const file = findFile(message.id, Number(mediaOf(message)?.size_bytes));
  if (!file) return;
  const { changes, buttons, levels } = file;
  keepOrigin(message.id, { changes, buttons, levels });
}
