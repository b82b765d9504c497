import { ANSWER_TIMEOUT, codeOf, STALLED } from "../error.js";

/** Whether this platform has what shows how many bytes have gone. */
export const hasXhr = () => typeof globalThis.XMLHttpRequest === "function";

/** A form with one file. */
export const form = (name, file, fileName) => {
  const made = new FormData();
  made.append(name, file, fileName);
  return made;
};

/** A `POST` for `fetch`. */
export const request = (url, headers, body, signal) =>
  // A redirect could carry the key to another host: fetch drops only
  // `Authorization` on the way. "error" is not to be had in workerd.
  new Request(url, { method: "POST", headers, body, signal, redirect: "manual" });

/** Hands a request to `fetch`, and gives the answer; nothing for what is none. */
export const byFetch = async (given, request, init) => {
  const answer = await (given ?? fetch)(request, init);
  // By shape, since in another realm the answer is of another `Response`, and an
  // app's tests may put a plain object in its place.
  const { status, headers } = answer ?? {};
  const isMethod = (method) => typeof method === "function";
  if (typeof status !== "number" || !isMethod(headers?.get) || !isMethod(answer.text)) return;
  return read(status, (name) => headers.get(name), await answer.text());
};

/**
 * Sends by `XMLHttpRequest`, which alone shows in browsers how many bytes have gone, and takes less
 * of the processor for a small file than `fetch`. It follows redirects, which no option prevents;
 * only uploads go by it, which carry a token and never the key, and an answer from elsewhere counts
 * as a redirect that was not followed.
 */
export const byXhr = (url, headers, body, gate, stall, answer, progress) => {
  const xhr = new XMLHttpRequest();
  xhr.open("POST", url);
  for (const name in headers) xhr.setRequestHeader(name, headers[name]);
  gate.signal.addEventListener("abort", () => xhr.abort());
  const gone = () => {
    gate.begin(ANSWER_TIMEOUT, answer);
    progress?.gone();
  };
  xhr.upload.onload = gone;
  xhr.upload.onprogress = ({ loaded, total }) => {
    // Firefox keeps the upload's `load` back until the answer begins.
    if (loaded >= total) return gone();
    gate.begin(STALLED, stall);
    progress?.moved(loaded, total);
  };
  const answered = new Promise((resolve) => {
    xhr.onloadend = () => {
      const { status, responseURL, responseText } = xhr;
      const header = (name) => xhr.getResponseHeader(name);
      resolve(status && read(responseURL === url ? status : 0, header, responseText));
    };
  });
  xhr.send(body);
  return answered;
};

const read = (status, header, text) => {
  let json;
  try {
    // `null` has no fields either.
    json = JSON.parse(text) ?? {};
  } catch {
    // The module tells what it is by its beginning.
  }
  return {
    status,
    // Whether a page is what it is said to be.
    html: /html/.test(header("content-type")),
    retryAfterMs: retryAfter(header("retry-after")),
    first: text.trim().charCodeAt(0),
    json,
    divarCode: json?.code,
    retryable: json?.retryable,
    deliveryUnknown: json?.deliveryUnknown,
    // The code of another server of the package's, if it tells one.
    told: codeOf(json?.code),
  };
};

/** The wait that is asked for, in milliseconds: in seconds, or until a date. */
const retryAfter = (value) => {
  const wait = /^\s*\d{1,9}\s*$/.test(value) ? value * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
};
