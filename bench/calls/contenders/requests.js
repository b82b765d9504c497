// One request by hand, with the package's deadlines and tries.
import { CallError } from "./checks.js";

const AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);
const CODES = { 401: "unauthorized", 403: "forbidden", 404: "not_found", 429: "rate_limited" };

/** Tries, and tries again after what may pass. */
export async function tried(attempt, retries = 3) {
  for (let count = 0; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (count >= retries || !(error.code === "network" || AGAIN.has(error.status))) throw error;
      await new Promise((done) => setTimeout(done, Math.random() * 500 * 2 ** count));
    }
  }
}

/** By fetch; one bound for the whole. */
export async function byFetch(stage, url, { headers, body, bound, signal }) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), bound);
  const abort = () => stop.abort(signal.reason);
  signal?.addEventListener("abort", abort);
  try {
    const init = { method: "POST", headers, body, signal: stop.signal, redirect: "manual" };
    const answer = await fetch(url, init);
    return read(stage, answer.status, answer.headers.get("content-type"), await answer.text());
  } catch (cause) {
    if (cause instanceof CallError) throw cause;
    throw new CallError(stop.signal.aborted ? "answer_timeout" : "network", stage, cause);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

/** By XMLHttpRequest, which shows bytes move: a bound until they have gone, and one for the answer. */
export function byXhr(stage, url, { headers, body, stall, answer, signal, onProgress }) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    let timer;
    const within = (milliseconds, code) => {
      clearTimeout(timer);
      timer = setTimeout(() => end(code), milliseconds);
    };
    const end = (code) => {
      reject(new CallError(code, stage));
      xhr.abort();
    };
    const abort = () => end("aborted");
    signal?.addEventListener("abort", abort);
    xhr.open("POST", url);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = ({ loaded, total }) => {
      within(stall, "stalled");
      onProgress?.({ loaded, total });
    };
    xhr.upload.onload = () => within(answer, "answer_timeout");
    xhr.onloadend = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      try {
        if (xhr.status === 0) throw new CallError("network", stage);
        resolve(read(stage, xhr.status, xhr.getResponseHeader("content-type"), xhr.responseText));
      } catch (error) {
        reject(error);
      }
    };
    within(stall, "stalled");
    xhr.send(body);
  });
}

/** The answer's JSON, or what its status or its text says. */
function read(stage, status, type, text) {
  if (type?.includes("html") || text.trimStart().startsWith("<")) {
    throw new CallError("html_answer", stage);
  }
  if (status < 200 || status > 299) {
    const code = CODES[status] ?? (status >= 500 ? "server_error" : "rejected");
    throw Object.assign(new CallError(code, stage), { status });
  }
  if (text.trim() === "") throw new CallError("empty_answer", stage);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CallError("malformed_answer", stage, cause);
  }
}
