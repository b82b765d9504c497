import { formatCount } from "../format.js";
import { t } from "../i18n/language.js";
import { Attachment } from "./attachment.js";
import { currentButtons } from "./buttons.js";
import { begin, theQueue } from "./outbox.js";
import { say } from "./said.js";
import { changed } from "./watch.js";

let chosen: Attachment[] = [];

/** The files that were chosen and not sent yet. */
export const tray = (): readonly Attachment[] => chosen;

/** Takes files in, from wherever they come. */
export function take(files: Iterable<File>): void {
  const added = Array.from(files, (file) => new Attachment(file));
  if (added.length === 0) return;
  chosen = [...chosen, ...added];
  // It will be wanted: what goes wrong is told when it is.
  theQueue().catch(() => {});
  say(t().chosenCount(formatCount(added.length)));
}

export function removeFromTray(attachment: Attachment): void {
  chosen = chosen.filter((kept) => kept !== attachment);
  attachment.discard();
  changed();
}

/** Those that can go: what is being prepared goes as soon as it is. */
export const sendable = (): Attachment[] => chosen.filter(({ error }) => error === undefined);

/** Sends what can go; what cannot stays, with the reason beside it. */
export function sendTray(): void {
  const going = sendable();
  chosen = chosen.filter((attachment) => !going.includes(attachment));
  for (const attachment of going) {
    attachment.buttons = currentButtons();
    begin(attachment);
  }
  changed();
}
