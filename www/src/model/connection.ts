import { t } from "../i18n/language.js";
import { refresh } from "./conversation.js";
import { say } from "./said.js";

/** Whether the platform believes that it has a network. */
export const isOnline = (): boolean => navigator.onLine;

/** Tells when the network goes and comes. */
export function watchConnection(): void {
  addEventListener("offline", () => say(t().offlineLong));
  addEventListener("online", () => {
    say(t().onlineAgain);
    void refresh();
  });
}
