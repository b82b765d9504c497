import {
  ANSWER_TIMEOUT,
  FILE_UNREADABLE,
  failed,
  INVALID_ARGUMENT,
  NETWORK,
  STAGES,
  STALLED,
} from "../error.js";
import { gate, isOffline, PASSED } from "./gate.js";
import { checked, isHeaderValue } from "./options.js";
import { progress } from "./progress.js";
import { byFetch, byXhr, form, hasXhr, request } from "./request.js";

/** Bytes a millisecond (16 KB/s) that the slowest link is taken to carry, where none is seen to move. */
const SLOWEST = 16;

/** A letter of which only one half is there has no place in an address. */
const encoded = (text) => encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, "\ufffd"));

const textOf = (value) => (typeof value === "string" ? value : "");

/**
 * What one call carries, by the names of its options, and what can be done with it. What is done, and
 * when, is said by Rust: this reads options, waits, asks, sends, and tells what came of it.
 */
export class Work {
  #options;
  #given = {};
  #told;
  #before;
  /** The message's body. */
  body = {};

  /**
   * @param {object} options The caller's.
   * @param {number} stage The step that it is at.
   * @param {number} state Where Rust is with it.
   */
  constructor(options, stage, state) {
    this.#options = options ?? {};
    this.isBare = options == null;
    this.stage = stage;
    this.state = state;
    if (typeof this.#options !== "object") this.refuse("the options must be an object");
  }

  /** What the call has beside its options, as if it stood among them. */
  give(name, value) {
    this.#given[name] = value;
  }

  /**
   * Runs the call: `next` is Rust, which says what is to be done; it is waited for, and Rust says what
   * is next. What is no promise ends it: nothing, or whatever the glue makes of a module that trapped.
   */
  async run(next) {
    let outcome = await undefined;
    for (let effect = next(this, outcome); effect?.then; effect = next(this, outcome)) {
      outcome = await effect;
    }
    return this.settled();
  }

  /** What the call came to, if it came to its end. */
  settled() {
    if (this.error) throw this.error;
    return this.result;
  }

  at(stage) {
    this.stage = stage;
  }

  /** Notes the first mistake of the call; what is read after it does not count. */
  refuse(words, cause) {
    if (!this.error) this.fail(INVALID_ARGUMENT, words, { cause }, false, false);
  }

  isOver() {
    return !!this.error;
  }

  /** Lets go of an error that is to be mended. */
  forgive() {
    this.#before = this.error;
    this.error = undefined;
  }

  /** The error that was let go of last counts, if there was one. */
  blameTheLast() {
    this.error = this.#before ?? this.error;
  }

  /** `object[name]`; null counts as undefined, and so does what a getter throws. */
  get(object, name) {
    try {
      return object[name] ?? undefined;
    } catch (cause) {
      this.refuse(`${name} could not be read`, cause);
    }
  }

  /** The option, as it was given. */
  option(name) {
    this.name = name;
    return this.get(name in this.#given ? this.#given : this.#options, name);
  }

  /** Puts what has this name, or an empty text, into the message's body. */
  put(field, name) {
    this.body[field] = this[name] ?? "";
  }

  /** Puts what an option holds into the message's body, if it is there. */
  copy(field, name, shape) {
    const given = this.option(name);
    if (given !== undefined)
      this.body[field] = this.#copy({ [name]: given }, name, JSON.parse(shape));
  }

  /**
   * What a shape names of a field, and nothing else. A shape is `""` for a text, `0` for any object,
   * `[most, shape]` for a list of at most so many, `{name: shape}` for an object with these fields, of
   * which `name?` may be missing, and `[{name: shape}]` for an object with exactly one of them.
   */
  #copy(object, name, shape) {
    const given = this.get(object, name);
    if (shape === "") {
      if (!textOf(given)) this.refuse(`${name} must be a string that is not empty`);
      return given;
    }
    if (typeof given !== "object") this.refuse(`${name} must be an object`);
    if (shape === 0 || this.error) return given;
    const [most, item] = shape.length ? shape : [];
    if (item) return this.#list(given, name, most, item);
    const copy = {};
    for (const [field, inside] of Object.entries(most ?? shape)) {
      const bare = field.replace("?", "");
      if ((most || bare !== field) && this.get(given, bare) === undefined) continue;
      copy[bare] = this.#copy(given, bare, inside);
    }
    if (most && Object.keys(copy).length !== 1)
      this.refuse(`a button must have exactly one ${name}`);
    return copy;
  }

  /** A list's items; one that claims to have billions costs nothing. */
  #list(given, name, most, item) {
    const length = this.get(given, "length");
    if (typeof length !== "number") this.refuse(`${name} must be an array`);
    if (length > most) this.refuse(`${this.name} may have at most ${most} ${name}`);
    const kept = [];
    while (!this.error && kept.length < length) kept.push(this.#copy(given, kept.length, item));
    return kept;
  }

  /** Reads options by their names, each with a sign of what it must be. */
  read(options) {
    for (const [, name, sign, rest, usual] of options.matchAll(/(\w+)(\W)([^\s=]*)=?(\S*)/g)) {
      this[name] = this.#checked(name, sign, rest) ?? (Number(usual) || usual || undefined);
    }
    this.endsAt ??= this.timeout && Date.now() + this.timeout;
  }

  #checked(name, sign, rest) {
    const value = this.option(name);
    try {
      return checked(value, sign, rest);
    } catch (wrong) {
      const words = typeof wrong === "string" ? wrong : " could not be read";
      this.refuse(name + (value === undefined ? " is required" : words));
    }
  }

  /** Whether the option is not there (0), a function (1), or something else (2). */
  has(name) {
    const value = this.option(name);
    return value === undefined ? 0 : typeof value === "function" ? 1 : 2;
  }

  /** Whether this platform says that it is offline, and the call is to wait for it. */
  waits() {
    return this.whenOffline === "wait" && isOffline();
  }

  /** A sentence or an address, with what was read in the place of its name; behind `%`, encoded. */
  filled(text) {
    return text.replace(/{(%?)(\w+)}/g, (_, sign, name) =>
      sign ? encoded(this[name]) : this[name],
    );
  }

  /** Notes a failure at this step; without words, of what the answer says. */
  fail(code, words, outcome, retryable, deliveryUnknown) {
    const { status, html, json, divarCode, cause, retryAfterMs, words: told } = outcome ?? {};
    const said = textOf(json?.message);
    const message = this.filled(words) || told || `HTTP ${status}${said ? `: ${said}` : ""}`;
    const isOk = html || (status >= 200 && status < 300);
    this.error = failed(this.stage, code, message, cause, {
      status: status || undefined,
      divarCode: !isOk && divarCode === (divarCode | 0) ? divarCode : undefined,
      retryable,
      retryAfterMs,
      deliveryUnknown,
      mediaToken: this.mediaToken,
    });
  }

  /** Does something that the caller's signal and the deadlines end; in place of what it comes to. */
  async #guarded(begin) {
    const guard = gate(this.signal, this.endsAt);
    try {
      const late = guard.late();
      if (late) return late;
      const settled = await guard.race(begin(guard)).then(
        (value) => () => value,
        (cause) => () => {
          throw cause;
        },
      );
      return guard.late() ?? settled();
    } finally {
      guard.leave();
    }
  }

  /**
   * Pauses, unless that is less than nothing, and then waits for the network where that is wanted. By
   * NaN it does neither, and only looks whether the call is over.
   */
  async wait(milliseconds) {
    let late;
    if (milliseconds >= 0) late = await this.#guarded((guard) => guard.begin(PASSED, milliseconds));
    while (!late && !Number.isNaN(milliseconds) && this.waits())
      late = await this.#guarded((guard) => guard.awaitOnline());
    return late || this.#guarded(async () => {});
  }

  /** The bytes of two parts of the file, one after the other. A disk can be slow: this has a limit. */
  look(from, to, from2, to2) {
    return this.#guarded(async (guard) => {
      guard.begin(STALLED, this.stallTimeout);
      try {
        const { file } = this;
        const parts = new Blob([file.slice(from, to), file.slice(from2, to2)]);
        return new Uint8Array(await parts.arrayBuffer());
      } catch (cause) {
        return { code: FILE_UNREADABLE, words: "the file could not be read", cause };
      }
    });
  }

  /** Tells the caller that a step begins. What its function throws must not end the call. */
  tell(stage) {
    try {
      this.onStage?.(STAGES[stage], stage > 1 ? this.mediaToken : undefined);
    } catch {}
  }

  /** Asks the caller's function for a token. */
  ask() {
    this.tell(0);
    return this.#guarded(async ({ signal }) => {
      const { token } = this;
      this.uploadToken = await token({ signal });
      if (isHeaderValue(this.uploadToken)) return;
      return { code: INVALID_ARGUMENT, words: "token() gave no string that a header can carry" };
    });
  }

  /** Sends the message's body, or an empty one, as JSON by `fetch`. */
  post(url, headers, isMessage, answer) {
    return this.#send(url, headers, (guard, ...to) => {
      guard.begin(ANSWER_TIMEOUT, this.answerTimeout ?? answer);
      const text = JSON.stringify(isMessage ? this.body : {});
      // Deno by itself sends a text again whose kept connection was reset, a message too. A `Blob` it
      // reads as it sends it, and so only once. Elsewhere the two are the same, save in a made-up page
      // whose `Blob` is none to Node's `fetch`.
      return this.#fetch(guard, ...to, globalThis.Deno ? new Blob([text]) : text);
    });
  }

  /**
   * Sends the file, in a form where a field is named, and by what shows bytes moving where there is
   * such a thing.
   */
  upload(url, headers, field, answer) {
    return this.#send(url, headers, (guard, ...to) => {
      const { file, size, stallTimeout } = this;
      const body = field ? form(field, file, this.fileName) : file;
      const limit = this.answerTimeout ?? answer;
      if (!this.fetch && hasXhr()) {
        guard.begin(STALLED, stallTimeout);
        return byXhr(...to, body, guard, stallTimeout, limit, this.progress());
      }
      this.progress()?.moved(0, size);
      // Fetch shows no byte moving: one bound stands in for the two limits.
      guard.begin(ANSWER_TIMEOUT, stallTimeout + size / SLOWEST + limit);
      return this.#fetch(guard, ...to, body);
    });
  }

  /** What tells the caller how far the upload is, if anything: one for all of its tries. */
  progress() {
    this.#told ??= this.onProgress && progress(this.onProgress, this.size);
    return this.#told;
  }

  /** Tells, once, that the last byte has gone. */
  gone() {
    this.progress()?.gone();
  }

  #fetch({ signal }, url, headers, body) {
    return byFetch(this.fetch, request(url, headers, body, signal));
  }

  /** Headers, a line each, filled in. */
  headers(lines) {
    const pairs = lines.split("\n").map((line) => line.split(": "));
    return Object.fromEntries(pairs.map(([name, value]) => [name, this.filled(value)]));
  }

  /** An answer that is promised, or what there is in place of one. */
  answered(answer) {
    const missing = (cause) => ({ code: NETWORK, words: "there was no answer", cause });
    return answer.then((given) => given || missing(), missing);
  }

  /** What comes of a request, its address and headers being filled in. */
  #send(url, headers, begin) {
    return this.#guarded(async (guard) => {
      try {
        return this.answered(begin(guard, this.filled(url), this.headers(headers)));
      } catch (cause) {
        return { code: INVALID_ARGUMENT, words: "the request could not be made", cause };
      }
    });
  }

  /** Keeps what an answer has in this field, if that is a string that is not empty. */
  keep(name, { json }, field) {
    const value = textOf(json[field]);
    if (value) this[name] = value;
    return value !== "";
  }

  /** Looks at what the file says of itself. */
  open() {
    const { file } = this;
    this.size = file?.size;
    this.mime = textOf(this.get(file, "type")).split(";")[0].trim();
    this.fileName ??= textOf(this.get(file, "name"));
  }

  /** Whether the file's name ends in one of these extensions, `|` standing between them. */
  isNamed(extensions) {
    return new RegExp(`\\.(${extensions})$`, "i").test(this.fileName);
  }

  /** Whether the file says that it is of this MIME type, or of a kind that ends in a slash. */
  isTyped(mime) {
    return mime.endsWith("/") ? this.mime.startsWith(mime) : this.mime === mime;
  }

  /** Gives the name this extension, in place of another where it has one that is wrong. */
  rename(extension, isWrong) {
    const stem = isWrong ? this.fileName.slice(0, this.fileName.lastIndexOf(".")) : this.fileName;
    this.fileName = `${stem || this.type}.${extension}`;
  }

  /**
   * Gives the file the MIME type of what it is. One that has it goes as it is: Chromium sends a file
   * from its disk twice as fast as a slice of the same, which is how any other gets it, without
   * copying a byte.
   */
  retype(mime) {
    if (this.file.type !== mime) this.file = this.file.slice(0, this.size, mime);
  }

  /** Ends well, with one of the values that it carries, or an object that has it by this name. */
  end(value, name) {
    this.result = name ? { [name]: this[value] } : this[value];
  }
}
