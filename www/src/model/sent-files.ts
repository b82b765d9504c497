import type { ComposerFile } from "divar-chat-media/element";

/** A file whose message is in the conversation, or may be. */
interface SentFile {
  file: ComposerFile;
  /** The messages that were known before it was sent. */
  knownBefore: ReadonlySet<string>;
  /** Called once its message is found. */
  found: () => void;
}

const knownBefore = new WeakMap<ComposerFile, ReadonlySet<string>>();
let unfound: readonly SentFile[] = [];

/** Remembers which messages were there before these files are sent. */
export function noteBefore(files: readonly ComposerFile[], known: ReadonlySet<string>): void {
  for (const file of files) knownBefore.set(file, known);
}

/** Its message is looked for from now on. */
export function lookFor(file: ComposerFile, found: () => void = () => {}): void {
  unfound = [...unfound, { file, knownBefore: knownBefore.get(file) ?? new Set(), found }];
}

/**
 * Finds the file that a message carries. Divar's answer to a message does not have its id: a message of
 * the file's size that was not there before is taken for it.
 */
export function findFile(messageId: string, size: number): ComposerFile | undefined {
  const sent = unfound.find((one) => one.file.size === size && !one.knownBefore.has(messageId));
  if (!sent) return undefined;
  unfound = unfound.filter((one) => one !== sent);
  sent.found();
  return sent.file;
}
