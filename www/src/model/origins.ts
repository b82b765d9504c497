import type { ButtonGrid } from "divar-chat-media";
import type { MediaChange } from "divar-chat-media/prepare";

/** What this page knows of a message that it has sent, and Divar does not tell. */
export interface Origin {
  changes: readonly MediaChange[];
  buttons: ButtonGrid | undefined;
  levels: readonly number[] | undefined;
}

/** More than a conversation is scrolled back to. */
const KEPT = 200;
const PLACE = "origins";

/** By the messages' ids; kept for as long as the tab is, so that a reload loses nothing. */
const origins = new Map<string, Origin>(read());

export const originOf = (id: string): Origin | undefined => origins.get(id);

export function keepOrigin(id: string, origin: Origin): void {
  origins.set(id, origin);
  try {
    sessionStorage.setItem(PLACE, JSON.stringify([...origins].slice(-KEPT)));
  } catch {
    // A webview may have no storage, or a full one: a reload forgets then.
  }
}

function read(): [string, Origin][] {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
  } catch {
    return [];
  }
}
