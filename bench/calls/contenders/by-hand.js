// The calls as an app would write them for itself: the same checks, requests and messages.
import {
  CallError,
  checked,
  mediaToken,
  mediaType,
  messageOptions,
  tokenAnswer,
  tokenOptions,
  uploadAnswer,
  uploadOptions,
} from "./checks.js";
import { byFetch, byXhr, tried } from "./requests.js";

export const name = "by hand, with zod";

const STALL = 30_000;
const ANSWER = 60_000;
/** The largest picture in bytes, and the first and last bytes of its formats. */
const LARGEST = 5_000_000;
const FORMATS = [
  { mime: "image/jpeg", extension: "jpg", head: [0xff, 0xd8, 0xff], tail: [0xff, 0xd9] },
  { mime: "image/png", extension: "png", head: [0x89, 0x50, 0x4e, 0x47], tail: [0x60, 0x82] },
];
const END = 4096;

export function buildMediaMessage(token, options) {
  const media_token = checked(mediaToken, token, "message");
  if (options === undefined) return { media_token };
  const { target, buttons, senderButtons, receiverButtons } = checked(
    messageOptions,
    options,
    "message",
  );
  if (target !== "conversation") {
    return { media_token, text_message: "", ...(buttons && { buttons }) };
  }
  return {
    media_token,
    message: "",
    ...(senderButtons && { sender_buttons: senderButtons }),
    ...(receiverButtons && { receiver_buttons: receiverButtons }),
  };
}

export async function getUploadToken(options) {
  const { endpoint, apiKey, openApiUrl, signal, retries } = checked(tokenOptions, options, "token");
  const headers = { "Content-Type": "application/json" };
  if (apiKey) headers["x-api-key"] = apiKey;
  const url = endpoint
    ? `${endpoint}/token`
    : `${openApiUrl}/experimental/open-platform/chat/upload`;
  const request = { headers, body: "{}", bound: STALL, signal };
  const answer = await tried(() => byFetch("token", url, request), retries);
  return checked(tokenAnswer, answer, "token", "missing_field").token;
}

/** Pictures alone, which are what is compared. */
export async function uploadMedia(file, type, options) {
  if (!(file instanceof Blob)) throw new CallError("invalid_argument", "upload");
  const to = `/upload/${checked(mediaType, type, "upload")}`;
  const { chatUrl, token, ...rest } = checked(uploadOptions, options, "upload");
  const { mime, extension } = await recognised(file);
  const { stallTimeout: stall = STALL, answerTimeout: answer = ANSWER, ...ways } = rest;
  const attempt = async () => {
    const given = typeof token === "function" ? await token({ signal: ways.signal }) : token;
    const headers = { Authorization: `Bearer ${given}` };
    const body = formOf(file, mime, extension);
    const request = { ...ways, headers, body, stall, answer, bound: stall + answer };
    const send = globalThis.XMLHttpRequest ? byXhr : byFetch;
    return send("upload", chatUrl + to, request);
  };
  const { id } = checked(uploadAnswer, await tried(attempt, ways.retries), "upload", "not_ok");
  return { id };
}

/** What a picture is by its beginning; whether it is whole, by its end. */
async function recognised(file) {
  if (file.size === 0) throw new CallError("file_empty", "upload");
  if (file.size > LARGEST) throw new CallError("file_too_large", "upload");
  const ends = new Blob([file.slice(0, END), file.slice(Math.max(0, file.size - END))]);
  const bytes = new Uint8Array(await ends.arrayBuffer());
  const format = FORMATS.find(({ head }) => head.every((byte, at) => bytes[at] === byte));
  if (!format) throw new CallError("unsupported_format", "upload");
  const tail = bytes.subarray(bytes.length - format.tail.length);
  if (!format.tail.every((byte, at) => tail[at] === byte)) {
    throw new CallError("file_damaged", "upload");
  }
  return format;
}

function formOf(file, mime, extension) {
  const typed = file.type === mime ? file : file.slice(0, file.size, mime);
  const name = `${(file.name ?? "image").replace(/\.[^.]*$/, "")}.${extension}`;
  const form = new FormData();
  form.append("file", typed, name);
  return form;
}
