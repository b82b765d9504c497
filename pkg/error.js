/** The one kind of failure; its fields are described in the type definitions. */
export class DivarMediaError extends Error {
  /**
   * @param {string} message
   * @param {unknown} cause The platform's own exception, or undefined.
   * @param {object} fields What is not known is undefined, and then not there.
   */
  constructor(message, cause, fields) {
    super(message);
    const all = { userMessage: userMessage(fields.code), ...fields, cause };
    for (const name in all) if (all[name] !== undefined) this[name] = all[name];
  }
}
DivarMediaError.prototype.name = "DivarMediaError";

/**
 * By name and not by `instanceof`: an error may come from another realm, or
 * from another copy of the package.
 */
export const isDivarError = (error) => error?.name === "DivarMediaError" && "code" in error;

/** An error that did not come from the module. */
export const failure = (message, cause, fields) =>
  new DivarMediaError(message, cause, { retryable: false, deliveryUnknown: false, ...fields });

/** The codes of the module's own errors, in the order of Rust's `Code`. */
const CODES =
  "invalid_argument key_in_page unsupported_format file_empty file_too_large file_damaged file_unreadable network unauthorized forbidden not_found recipient_restricted rate_limited stalled answer_timeout timeout rejected server_error html_answer empty_answer malformed_answer missing_field not_ok".split(
    " ",
  );

/** The codes that come about in JavaScript. */
export const INVALID_ARGUMENT = 0;
export const FILE_UNREADABLE = 6;
export const NETWORK = 7;
export const STALLED = 13;
export const ANSWER_TIMEOUT = 14;
export const TIMEOUT = 15;

/** The steps, in the order of Rust's `Stage`. */
export const STAGES = ["token", "upload", "message"];

/** The number of a code that another copy of the package has told, or -1. */
export const codeOf = (code) => CODES.indexOf(code);

/**
 * An error of the module's.
 *
 * @param {object} fields What is not known is undefined.
 */
export const failed = (stage, code, message, cause, fields) =>
  failure(message, cause, { code: CODES[code], stage: STAGES[stage], ...fields });

/**
 * What each code says to the person who chose the file. Several share one sentence: what a developer
 * must tell apart may be the same thing to the person, and every sentence is downloaded.
 */
const SENTENCES = [
  [
    "invalid_argument key_in_page forbidden rejected",
    "این برنامه نتوانست فایل را بفرستد. به پشتیبانی آن خبر دهید.",
    "This app could not send the file. Please tell its support.",
  ],
  [
    "unsupported_format",
    "دیوار این نوع فایل را نمی‌پذیرد. فایل دیگری انتخاب کنید.",
    "Divar does not take this kind of file. Choose another one.",
  ],
  [
    "file_empty",
    "این فایل خالی است. فایل دیگری انتخاب کنید.",
    "This file is empty. Choose another one.",
  ],
  [
    "file_too_large",
    "این فایل بزرگ‌تر از حد مجاز است. فایل کوچک‌تری انتخاب کنید.",
    "This file is too large. Choose a smaller one.",
  ],
  [
    "file_damaged",
    "این فایل خراب یا ناقص است. فایل دیگری انتخاب کنید.",
    "This file is damaged or incomplete. Choose another one.",
  ],
  [
    "file_unreadable",
    "این فایل خوانده نشد. آن را دوباره انتخاب کنید.",
    "This file could not be read. Choose it again.",
  ],
  [
    "network stalled timeout",
    "ارتباط برقرار نشد. اینترنت خود را بررسی و دوباره تلاش کنید.",
    "There is no connection. Check your internet and try again.",
  ],
  [
    "unauthorized",
    "اجازهٔ ارسال به پایان رسیده است. دوباره تلاش کنید.",
    "The permission to send has run out. Try again.",
  ],
  ["not_found", "این گفتگو پیدا نشد.", "This conversation was not found."],
  [
    "recipient_restricted",
    "گیرنده دریافت پیام را بسته است.",
    "The recipient does not accept messages.",
  ],
  [
    "rate_limited",
    "تعداد ارسال‌ها زیاد بود. کمی بعد دوباره تلاش کنید.",
    "Too much was sent. Try again a little later.",
  ],
  [
    "wasm_unavailable",
    "این مرورگر نتوانست فایل را بفرستد. آن را به‌روز کنید.",
    "This browser could not send the file. Please update it.",
  ],
  [
    "internal",
    "خطای پیش‌بینی‌نشده‌ای رخ داد. دوباره تلاش کنید.",
    "Something unexpected happened. Try again.",
  ],
  // All the others.
  [
    "",
    "دیوار پاسخ درستی نداد. کمی بعد دوباره تلاش کنید.",
    "Divar did not answer properly. Try again a little later.",
  ],
];

const userMessage = (code) => {
  const [, fa, en] = SENTENCES.find(([codes]) => !codes || codes.split(" ").includes(code));
  return { fa, en };
};
