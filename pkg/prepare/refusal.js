import { failure } from "../error.js";

/** What goes wrong before anything is sent; `cause` is the platform's own exception. */
export const refuse = (code, message, cause) =>
  failure(message, cause, { code, stage: "prepare", userMessage: SENTENCES[code] });

const SENTENCES = {
  invalid_argument: {
    fa: "این برنامه نتوانست فایل را بفرستد. به پشتیبانی آن خبر دهید.",
    en: "This app could not send the file. Please tell its support.",
  },
  unsupported_format: {
    fa: "دیوار این نوع فایل را نمی‌پذیرد. فایل دیگری انتخاب کنید.",
    en: "Divar does not take this kind of file. Choose another one.",
  },
  file_empty: {
    fa: "این فایل خالی است. فایل دیگری انتخاب کنید.",
    en: "This file is empty. Choose another one.",
  },
  file_too_large: {
    fa: "این فایل بزرگ‌تر از حد مجاز است. فایل کوچک‌تری انتخاب کنید.",
    en: "This file is too large. Choose a smaller one.",
  },
  file_unreadable: {
    fa: "این فایل خوانده نشد. آن را دوباره انتخاب کنید.",
    en: "This file could not be read. Choose it again.",
  },
  file_damaged: {
    fa: "این فایل خراب یا ناقص است. فایل دیگری انتخاب کنید.",
    en: "This file is damaged or incomplete. Choose another one.",
  },
  cannot_convert: {
    fa: "این مرورگر نمی‌تواند این فایل را آماده کند. فایل را با قالب دیگری انتخاب کنید.",
    en: "This browser cannot prepare this file. Choose it in another format.",
  },
  cannot_record: {
    fa: "ضبط صدا در این مرورگر ممکن نیست. اجازهٔ میکروفن را بررسی کنید یا فایل صوتی انتخاب کنید.",
    en: "This browser cannot record. Check the microphone's permission, or choose a file.",
  },
};
