import type { MediaQueue, QueuedMedia, SentMessage } from "divar-chat-media";
import { mayHaveArrived, tell } from "../failure.js";
import { t } from "../i18n/language.js";
import type { Attachment } from "./attachment.js";
import { knownIds, refresh } from "./conversation.js";
import { preparing } from "./later.js";
import { say } from "./said.js";
import { changed } from "./watch.js";

let going: Attachment[] = [];
/** All that were sent since nothing was under way the last time. */
let together: Attachment[] = [];
/** By what the queue knows of them. */
const byFile = new WeakMap<Blob, Attachment>();

let queue: Promise<MediaQueue<SentMessage>> | undefined;

/** The page is seen before the code that sends has come, and that is wanted with the first file. */
export function theQueue(): Promise<MediaQueue<SentMessage>> {
  queue ??= preparing().then(({ makeQueue }) =>
    makeQueue(
      (file) => byFile.get(file)?.buttons,
      (entry) => {
        settle(entry);
        changed();
      },
    ),
  );
  return queue;
}

/** What is on its way, or has failed on it, in order. */
export const outbox = (): readonly Attachment[] => going;

/** What its total is counted of: all that are being sent together, those that have arrived too. */
export const batch = (): readonly Attachment[] => together;

/** Whether leaving the page would lose something. */
export const isSending = (): boolean => going.some(isUnderway);

/** Whether something is still being done with it. */
export function isUnderway({ error, entry }: Attachment): boolean {
  return entry ? entry.state === "waiting" || entry.state === "sending" : error === undefined;
}

/** Sends a file, as soon as it is prepared. */
export function begin(attachment: Attachment): void {
  together = isSending() ? [...together, attachment] : [attachment];
  attachment.before = knownIds();
  going = [...going, attachment];
  void enqueue(attachment);
}

async function enqueue(attachment: Attachment): Promise<void> {
  await attachment.prepared;
  const { file, error } = attachment;
  if (!going.includes(attachment)) return;
  if (!file) {
    say(tell(error).sentence);
    return;
  }
  byFile.set(file, attachment);
  const queue = await theQueue();
  if (going.includes(attachment)) attachment.entry = queue.add(file);
  changed();
}

/** Tries again, from where it failed: to prepare it, to upload it, or to send its message. */
export function retry(attachment: Attachment): void {
  if (attachment.entry) attachment.entry.retry();
  else {
    attachment.prepareAgain();
    void enqueue(attachment);
  }
  changed();
}

export function cancel(attachment: Attachment): void {
  if (attachment.entry) attachment.entry.cancel();
  else remove(attachment);
}

export function remove(attachment: Attachment): void {
  forget(attachment);
  together = together.filter((kept) => kept !== attachment);
  attachment.discard();
  changed();
}

/** It is in the conversation: its message stands for it from now on. */
export function forget(attachment: Attachment): void {
  going = going.filter((kept) => kept !== attachment);
}

function settle(entry: QueuedMedia): void {
  if (entry.state === "sent") {
    say(t().sent);
    void refresh();
  } else if (entry.state === "failed") {
    say(tell(entry.error).sentence);
    // It may be there all the same: then there is nothing to tell.
    if (mayHaveArrived(entry.error)) void refresh();
  }
}
