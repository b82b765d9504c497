import type { AddressOptions, EndpointOptions } from "./address.js";
import type { Stage } from "./error.js";
import type { TokenFunction } from "./token.js";
import type { RetryOptions, WaitOptions } from "./wait.js";

/**
 * What a file is sent as. Divar accepts
 *
 * | type | formats | largest |
 * | --- | --- | --- |
 * | `image` | PNG, JPEG | 5 MB |
 * | `video` | MP4 | 50 MB |
 * | `voice` | M4A, 3GP | 1.5 MB |
 * | `file` | PDF, DOC, DOCX, XLS, XLSX, PPT, PPTX | 5 MB |
 *
 * 1 MB is read as 1,000,000 bytes, since Divar does not say which megabyte it means.
 */
export type MediaType = "image" | "video" | "voice" | "file";

/** How `uploadMedia` sends a file: to Divar with a token, or through the app's own server. */
export type UploadOptions = DirectUploadOptions | RelayedUploadOptions;

/** An upload to Divar's chat host. */
export interface DirectUploadOptions extends UploadFileOptions {
  /**
   * The token that `getUploadToken` gave, or better a function that gets a fresh one: Divar does not
   * promise that a token serves twice, so the function is called for each try, and once more after
   * HTTP 401. Its `signal` fires when the upload ends early. What the function throws or rejects with
   * is passed on unchanged.
   */
  token: string | TokenFunction;
  /**
   * Divar's chat host, or a replacement for it such as an emulator. `https:` or on this machine.
   * @defaultValue `"https://chat.divar.ir"`
   */
  chatUrl?: string | URL;
  /**
   * The scheme before the token in `Authorization`. An old sample of Divar's uses `Basic`.
   * @defaultValue `"Bearer"`
   */
  authScheme?: "Bearer" | "Basic";
  /**
   * How the file is sent: as the field `file` of a form, or as the bare body without a name, as in an
   * old sample of Divar's.
   * @defaultValue `"multipart"`
   */
  encoding?: "multipart" | "binary";
}

/**
 * An upload through the app's own server, where `createMediaHandler` with `relay` passes the file on
 * without buffering it. The request is `POST {endpoint}/upload/{type}?name=…` with the file as the
 * bare body.
 */
export interface RelayedUploadOptions extends UploadFileOptions, EndpointOptions {}

/**
 * The options of every upload.
 *
 * An upload is sent by `fetch`. With `onProgress` it is sent by `XMLHttpRequest` in a page or a worker,
 * and as a counted stream where request bodies can stream (servers).
 */
export interface UploadFileOptions extends AddressOptions, WaitOptions, RetryOptions {
  /**
   * Called with how many bytes of the file have been sent, at most every 100 ms and never with fewer
   * than before, then once with the phase `"processing"`. In a service worker of a browser, and in a
   * browser with a `fetch` of your own, it is called at the beginning and the end only.
   */
  onProgress?: (progress: UploadProgress) => void;
  /**
   * Called when a step begins, and again when it is tried again. `sendMedia` calls it with
   * `"message"` and the media token: a caller that aborts after that need not upload again.
   */
  onStage?: (stage: Stage, mediaToken?: string) => void;
  /**
   * The longest time without a byte sent, in milliseconds, until the last byte has been sent. After
   * it the call rejects with `stalled`. It applies where progress is visible, that is with
   * `onProgress`, from the first progress event on. Where no byte is visible, one limit applies:
   * `stallTimeout`, `answerTimeout` and one second for each 16 KB of the file together, with the code
   * `answer_timeout`.
   * @defaultValue 30,000
   */
  stallTimeout?: number;
  /**
   * The name to send the file under. Its extension is changed to fit the content.
   * @defaultValue the `File`'s own name; for a `Blob` a name made from the media type
   */
  fileName?: string;
  /**
   * The largest size to send, in bytes, for an app that knows that its limit differs.
   * @defaultValue the media type's limit
   */
  maxBytes?: number;
}

/** The progress of an upload. */
export interface UploadProgress {
  /** Bytes of the file that have been sent. */
  loaded: number;
  /** The size of the file, in bytes. */
  total: number;
  /** `"processing"` from the last byte until the answer. */
  phase: "uploading" | "processing";
}

/** A file that Divar has accepted. */
export interface UploadedMedia {
  /** The media token, for a message to carry. */
  id: string;
}
