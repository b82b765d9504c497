import { isSending } from "./outbox.js";
import { isRecording } from "./recording.js";

/** Has the browser ask before the page is left while something is being sent or recorded. */
export function warnBeforeLeaving(): void {
  addEventListener("beforeunload", (event) => {
    if (!isSending() && !isRecording()) return;
    event.preventDefault();
    // What older browsers go by.
    event.returnValue = true;
  });
}
