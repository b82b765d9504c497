// Generated from src/error/code.rs by `cargo test`; do not edit.

export const invalidArgument = {
  fa: "این برنامه نتوانست فایل را بفرستد. به پشتیبانی آن خبر دهید.",
  en: "This app could not send the file. Please tell its support.",
} as const;

export const keyInPage = {
  fa: "این برنامه نتوانست فایل را بفرستد. به پشتیبانی آن خبر دهید.",
  en: "This app could not send the file. Please tell its support.",
} as const;

export const unsupportedFormat = {
  fa: "دیوار این نوع فایل را نمی‌پذیرد. فایل دیگری انتخاب کنید.",
  en: "Divar does not take this kind of file. Choose another one.",
} as const;

export const fileEmpty = {
  fa: "این فایل خالی است. فایل دیگری انتخاب کنید.",
  en: "This file is empty. Choose another one.",
} as const;

export const fileTooLarge = {
  fa: "این فایل بزرگ‌تر از حد مجاز است. فایل کوچک‌تری انتخاب کنید.",
  en: "This file is too large. Choose a smaller one.",
} as const;

export const fileDamaged = {
  fa: "این فایل خراب یا ناقص است. فایل دیگری انتخاب کنید.",
  en: "This file is damaged or incomplete. Choose another one.",
} as const;

export const fileUnreadable = {
  fa: "این فایل خوانده نشد. آن را دوباره انتخاب کنید.",
  en: "This file could not be read. Choose it again.",
} as const;

export const network = {
  fa: "ارتباط برقرار نشد. اینترنت خود را بررسی و دوباره تلاش کنید.",
  en: "There is no connection. Check your internet and try again.",
} as const;

export const unauthorized = {
  fa: "اجازهٔ ارسال به پایان رسیده است. دوباره تلاش کنید.",
  en: "The permission to send has run out. Try again.",
} as const;

export const forbidden = {
  fa: "این برنامه نتوانست فایل را بفرستد. به پشتیبانی آن خبر دهید.",
  en: "This app could not send the file. Please tell its support.",
} as const;

export const notFound = {
  fa: "این گفتگو پیدا نشد.",
  en: "This conversation was not found.",
} as const;

export const recipientRestricted = {
  fa: "ارسال پیام بین این دو کاربر ممکن نیست.",
  en: "Messages between these two users are not possible.",
} as const;

export const rateLimited = {
  fa: "تعداد ارسال‌ها زیاد بود. کمی بعد دوباره تلاش کنید.",
  en: "Too much was sent. Try again a little later.",
} as const;

export const stalled = {
  fa: "ارتباط برقرار نشد. اینترنت خود را بررسی و دوباره تلاش کنید.",
  en: "There is no connection. Check your internet and try again.",
} as const;

export const answerTimeout = {
  fa: "دیوار پاسخ درستی نداد. کمی بعد دوباره تلاش کنید.",
  en: "Divar did not answer properly. Try again a little later.",
} as const;

export const timeout = {
  fa: "ارتباط برقرار نشد. اینترنت خود را بررسی و دوباره تلاش کنید.",
  en: "There is no connection. Check your internet and try again.",
} as const;

export const rejected = {
  fa: "این برنامه نتوانست فایل را بفرستد. به پشتیبانی آن خبر دهید.",
  en: "This app could not send the file. Please tell its support.",
} as const;

export const serverError = {
  fa: "دیوار پاسخ درستی نداد. کمی بعد دوباره تلاش کنید.",
  en: "Divar did not answer properly. Try again a little later.",
} as const;

export const htmlAnswer = {
  fa: "دیوار پاسخ درستی نداد. کمی بعد دوباره تلاش کنید.",
  en: "Divar did not answer properly. Try again a little later.",
} as const;

export const emptyAnswer = {
  fa: "دیوار پاسخ درستی نداد. کمی بعد دوباره تلاش کنید.",
  en: "Divar did not answer properly. Try again a little later.",
} as const;

export const malformedAnswer = {
  fa: "دیوار پاسخ درستی نداد. کمی بعد دوباره تلاش کنید.",
  en: "Divar did not answer properly. Try again a little later.",
} as const;

export const missingField = {
  fa: "دیوار پاسخ درستی نداد. کمی بعد دوباره تلاش کنید.",
  en: "Divar did not answer properly. Try again a little later.",
} as const;

export const notOk = {
  fa: "دیوار پاسخ درستی نداد. کمی بعد دوباره تلاش کنید.",
  en: "Divar did not answer properly. Try again a little later.",
} as const;

export const cannotConvert = {
  fa: "این مرورگر نمی‌تواند این فایل را آماده کند. فایل را با قالب دیگری انتخاب کنید.",
  en: "This browser cannot prepare this file. Choose it in another format.",
} as const;

export const cannotRecord = {
  fa: "ضبط صدا در این مرورگر ممکن نیست. اجازهٔ میکروفن را بررسی کنید یا فایل صوتی انتخاب کنید.",
  en: "This browser cannot record. Check the microphone's permission, or choose a file.",
} as const;

export const recordingTooShort = {
  fa: "این صدا خیلی کوتاه است. دکمه را کمی بیشتر نگه دارید.",
  en: "This recording is too short. Hold the button a little longer.",
} as const;

export const wasmUnavailable = {
  fa: "این برنامه در این مرورگر نتوانست فایل را بفرستد. به پشتیبانی آن خبر دهید.",
  en: "This app could not send the file in this browser. Please tell its support.",
} as const;

export const internal = {
  fa: "خطای پیش‌بینی‌نشده‌ای رخ داد. دوباره تلاش کنید.",
  en: "Something unexpected happened. Try again.",
} as const;
