import "./trusted-types.js";
import { applyLanguage } from "./i18n/language.js";
import { watchConnection } from "./model/connection.js";
import { refresh } from "./model/conversation.js";
import { warnBeforeLeaving } from "./model/leaving.js";
import { startRecording } from "./model/wire.js";
import "./ui/chat-app.js";

startRecording();
applyLanguage();
watchConnection();
warnBeforeLeaving();
void refresh();
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") void refresh();
});
