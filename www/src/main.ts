import "./trusted-types.js";
import { applyLanguage } from "./i18n/language.js";
import { watchConnection } from "./model/connection.js";
import { refresh } from "./model/conversation.js";
import { startRecording } from "./model/wire.js";
import "./ui/chat-app.js";

startRecording();
applyLanguage();
watchConnection();
// In a task of its own: a slow phone takes long enough for the code.
setTimeout(() => document.body.prepend(document.createElement("chat-app")));
void refresh();
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") void refresh();
});
