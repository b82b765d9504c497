import { failure } from "../error.js";

/** What goes wrong before anything is sent; `cause` is the platform's own exception. */
export const refuse = (code, message, cause) =>
  failure(message, cause, { code, stage: "prepare", ...OWN[code] });

/** What only this entry says to people; the other sentences are those of every error. */
const OWN = {
  cannot_convert: {
    userMessage: {
      fa: "این مرورگر نمی‌تواند این فایل را آماده کند. فایل را با قالب دیگری انتخاب کنید.",
      en: "This browser cannot prepare this file. Choose it in another format.",
    },
  },
  cannot_record: {
    userMessage: {
      fa: "ضبط صدا در این مرورگر ممکن نیست. اجازهٔ میکروفن را بررسی کنید یا فایل صوتی انتخاب کنید.",
      en: "This browser cannot record. Check the microphone's permission, or choose a file.",
    },
  },
};
