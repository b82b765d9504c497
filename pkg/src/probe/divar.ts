import { getUploadToken } from "../edge.js";
import type { MediaType } from "../types/upload.js";
import { type Answer, ask } from "./answer.js";

/** How the live service, or an emulator, is reached. */
export interface Destination {
  apiKey: string;
  openApiUrl: string;
  chatUrl: string;
}

/** How one upload is sent; the defaults are those of `uploadMedia`. */
export interface UploadForm {
  token?: string;
  authScheme?: "Bearer" | "Basic";
  encoding?: "multipart" | "binary";
}

/** The requests that the questions are asked by: as they are, where the package would check and retry. */
export class Divar {
  readonly #destination: Destination;

  constructor(destination: Destination) {
    this.#destination = destination;
  }

  /** Mints an upload token, by the package's own function. */
  mint(): Promise<string> {
    const { apiKey, openApiUrl } = this.#destination;
    return getUploadToken({ apiKey, openApiUrl });
  }

  /** Uploads a file with a fresh token unless the form has one. */
  async upload(type: MediaType | string, file: File, form: UploadForm = {}): Promise<Answer> {
    const { authScheme = "Bearer", encoding = "multipart" } = form;
    const token = form.token ?? (await this.mint());
    const headers = new Headers({ Accept: "*/*", Authorization: `${authScheme} ${token}` });
    let body: FormData | File = file;
    if (encoding === "multipart") {
      body = new FormData();
      body.set("file", file);
    }
    return ask(`${this.#destination.chatUrl}/upload/${type}`, { method: "POST", headers, body });
  }

  /** Asks, as a browser would, whether a page of this origin may upload. */
  preflight(origin: string): Promise<Answer> {
    return ask(`${this.#destination.chatUrl}/upload/image`, {
      method: "OPTIONS",
      headers: {
        Origin: origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
      },
    });
  }

  /** Sends this message body into a conversation with the app's chatbot. */
  message(conversationId: string, message: object): Promise<Answer> {
    const { apiKey, openApiUrl } = this.#destination;
    const id = encodeURIComponent(conversationId);
    return ask(`${openApiUrl}/v1/open-platform/chat/bot/conversations/${id}/messages`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "x-api-key": apiKey },
      body: JSON.stringify(message),
    });
  }
}
