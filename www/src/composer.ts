import type { MediaType } from "divar-chat-media";
import { byId, element, isolated } from "./element.js";
import type { Told } from "./failure.js";
import { formatSize } from "./format.js";
import { proposeMediaType } from "./media-type.js";

const form = byId("composer", HTMLFormElement);
const fileInput = byId("file", HTMLInputElement);
const chosen = byId("chosen", HTMLParagraphElement);
const typeSelect = byId("type", HTMLSelectElement);
const sendButton = byId("send", HTMLButtonElement);
const cancelButton = byId("cancel", HTMLButtonElement);
const progress = byId("progress", HTMLProgressElement);
const status = byId("status", HTMLParagraphElement);

/** Sends a file as a type; `cancelled` aborts when the person changes their mind. */
export type Send = (file: File, type: MediaType, cancelled: AbortSignal) => Promise<void>;

/** Makes the form at the foot of the page work. While `send` runs, it takes nothing else. */
export function startComposer(send: Send): void {
  fileInput.addEventListener("change", () => {
    status.replaceChildren();
    propose();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const file = fileInput.files?.[0];
    if (file) void run(send, file, typeSelect.value as MediaType);
  });
  // A browser may bring back the file that was chosen before the page was reloaded.
  propose();
}

/** Says what is being done. */
export function say(sentence: string): void {
  status.className = "";
  status.textContent = sentence;
}

/** Shows how much of the file has gone, from 0 to 1, or that this is over. */
export function showProgress(share: number | undefined): void {
  progress.hidden = share === undefined;
  progress.value = share ?? 0;
}

/** Says what went wrong, with the code in small print. */
export function sayFailure({ sentence, code }: Told): void {
  status.className = "failure";
  status.replaceChildren(sentence, " ", element("small", { dir: "ltr" }, code));
}

/** Takes back what was said about a failure that is over. */
export function clearFailure(): void {
  if (status.className === "failure") say("");
}

/** From here on there is no way back: the cancel button goes. */
export function forbidCancel(): void {
  cancelButton.hidden = true;
}

/** Makes the composer ready for the next file. */
export function clearFile(): void {
  form.reset();
  propose();
}

/** Shows the chosen file and the type that suits it. */
function propose(): void {
  const file = fileInput.files?.[0];
  sendButton.disabled = !file;
  typeSelect.disabled = !file;
  if (file) {
    typeSelect.value = proposeMediaType(file.name, file.type);
    chosen.replaceChildren(isolated(file.name), " · ", isolated(formatSize(file.size)));
  } else {
    chosen.textContent = "فایلی انتخاب نشده است";
  }
}

async function run(send: Send, file: File, type: MediaType): Promise<void> {
  const cancel = new AbortController();
  cancelButton.onclick = () => cancel.abort();
  setBusy(true);
  try {
    await send(file, type, cancel.signal);
  } finally {
    showProgress(undefined);
    setBusy(false);
    restoreFocus();
  }
}

/** A button that goes away or is switched off takes the keyboard's place in the page with it. */
function restoreFocus(): void {
  const focused = document.activeElement;
  if (focused !== document.body && focused !== sendButton) return;
  (sendButton.disabled ? fileInput : sendButton).focus();
}

function setBusy(busy: boolean): void {
  const nothingChosen = !fileInput.files?.length;
  fileInput.disabled = busy;
  typeSelect.disabled = busy || nothingChosen;
  sendButton.disabled = busy || nothingChosen;
  cancelButton.hidden = !busy;
}
