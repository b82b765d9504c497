import { maskBody, maskHeader } from "./mask.js";
import { changed } from "./watch.js";

/** One of the three calls, as it went over the wire, with its secrets masked. */
export interface Call {
  id: number;
  stage: "token" | "upload" | "message";
  method: string;
  url: string;
  headers: string[];
  body: string;
  /** HTTP's, or 0 where no answer came; nothing while it is under way. */
  status?: number;
  answer?: string;
  milliseconds?: number;
}

/** More than anybody looks at. */
const KEPT = 60;
let calls: readonly Call[] = [];
let last = 0;

export const recordedCalls = (): readonly Call[] => calls;

/** From now on the developer's view knows what goes out and comes back: this page's own network panel. */
export function startRecording(): void {
  const own = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input instanceof Request ? input.clone() : input, init);
    const stage = stageOf(request.url);
    if (!stage) return own(input, init);
    const headers = [...request.headers].map(([name, value]) => maskHeader(name, value));
    const body = maskBody(await request.text().catch(() => ""));
    const end = begin({ stage, method: request.method, url: request.url, headers, body });
    try {
      const response = await own(input, init);
      void response
        .clone()
        .text()
        .then(
          (text) => end(response.status, text),
          () => end(0),
        );
      return response;
    } catch (error) {
      end(0);
      throw error;
    }
  };
  globalThis.XMLHttpRequest = RecordedRequest;
}

/** Uploads go this way, since it alone tells how far they are. */
class RecordedRequest extends XMLHttpRequest {
  #seen = { method: "", url: "", headers: [] as string[] };

  override open(method: string, url: string | URL, ...rest: unknown[]): void {
    this.#seen = { method, url: String(new URL(url, location.href)), headers: [] };
    (super.open as (...all: unknown[]) => void)(method, url, ...(rest.length ? rest : [true]));
  }

  override setRequestHeader(name: string, value: string): void {
    this.#seen.headers.push(maskHeader(name, value));
    super.setRequestHeader(name, value);
  }

  override send(body?: Document | XMLHttpRequestBodyInit | null): void {
    const stage = stageOf(this.#seen.url);
    if (stage) {
      const end = begin({ stage, ...this.#seen, body: describe(body) });
      // Whoever reads the answer may let go of the request before it has told of its end.
      this.addEventListener("readystatechange", () => {
        if (this.readyState === XMLHttpRequest.DONE) end(this.status, readable(this));
      });
    }
    super.send(body);
  }
}

function begin(call: Omit<Call, "id">) {
  const id = ++last;
  const begun = performance.now();
  calls = [...calls, { ...call, id }].slice(-KEPT);
  changed();
  return (status: number, text = "") => {
    const milliseconds = Math.round(performance.now() - begun);
    const answered = { status, answer: maskBody(text), milliseconds };
    calls = calls.map((kept) => (kept.id === id ? { ...kept, ...answered } : kept));
    changed();
  };
}

function stageOf(url: string): Call["stage"] | undefined {
  const { pathname } = new URL(url);
  if (pathname.endsWith("/divar/token")) return "token";
  if (pathname.endsWith("/divar/messages")) return "message";
  return pathname.includes("/upload/") ? "upload" : undefined;
}

function readable(request: XMLHttpRequest): string {
  if (request.responseType === "" || request.responseType === "text") return request.responseText;
  return request.responseType === "json" ? JSON.stringify(request.response) : "";
}

function describe(body: unknown): string {
  if (!(body instanceof FormData)) return "";
  return Array.from(body, ([name, value]) =>
    value instanceof File ? `${name}: ${value.name} (${value.size} B, ${value.type})` : name,
  ).join("\n");
}
