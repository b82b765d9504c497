// What the package checks of a call and of an answer, by hand with zod.
import { z } from "zod";

/** The package's error, as an app would write one of its own. */
export class CallError extends Error {
  constructor(code, stage, cause) {
    super(`${stage}: ${code}`, { cause });
    Object.assign(this, { code, stage });
  }
}

/** What `schema` makes of a value, or an error with this code. */
export function checked(schema, value, stage, code = "invalid_argument") {
  const { success, data, error } = schema.safeParse(value);
  if (!success) throw new CallError(code, stage, error);
  return data;
}

const text = z.string().min(1);
/** What a header can carry. */
const secret = z.string().regex(/^[\x21-\x7e]+$/);
const call = z.custom((value) => typeof value === "function");
const milliseconds = z.number().min(1).optional();
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

const base = z.union([z.string(), z.instanceof(URL)]).transform((given, context) => {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isSafe = url?.protocol === "https:" || LOOPBACK.has(url?.hostname);
  if (url && isSafe && !url.search && !url.hash) return url.href.replace(/\/$/, "");
  context.addIssue("neither https nor loopback");
  return z.NEVER;
});

const waits = {
  answerTimeout: milliseconds,
  timeout: milliseconds,
  whenOffline: z.enum(["try", "wait"]).optional(),
  signal: z.instanceof(AbortSignal).optional(),
  fetch: call.optional(),
  retries: z.number().min(0).optional(),
};

export const tokenOptions = z.union([
  z.object({ ...waits, endpoint: base, apiKey: z.undefined().optional() }),
  z.object({ ...waits, apiKey: secret, openApiUrl: base, endpoint: z.undefined().optional() }),
]);

export const mediaType = z.enum(["image", "video", "voice", "file"]);

export const uploadOptions = z.object({
  ...waits,
  token: z.union([secret, call]),
  chatUrl: base,
  authScheme: z.enum(["Bearer", "Basic"]).optional(),
  encoding: z.enum(["multipart", "binary"]).optional(),
  onProgress: call.optional(),
  onStage: call.optional(),
  stallTimeout: milliseconds,
  fileName: z.string().optional(),
  maxBytes: z.number().min(1).optional(),
});

const post = z.object({ post_token: text });
const data = z.object({ data: z.looseObject({}) });
const action = z
  .object({
    open_direct_link: text.optional(),
    open_server_link: data.optional(),
    get_dynamic_action: data.optional(),
    open_post_page: post.optional(),
    open_post_manage_page: post.optional(),
  })
  .refine((given) => Object.values(given).filter((value) => value !== undefined).length === 1);
const button = z.object({ action, caption: text, icon: z.string().optional() });
const grid = z
  .object({
    rows: z
      .array(z.object({ buttons: z.array(button).min(1).max(3) }))
      .min(1)
      .max(3),
  })
  .optional();

export const mediaToken = text;
export const messageOptions = z.discriminatedUnion("target", [
  z.object({ target: z.literal("chatbot"), buttons: grid }),
  z.object({ target: z.literal("user"), buttons: grid }),
  z.object({ target: z.literal("conversation"), senderButtons: grid, receiverButtons: grid }),
]);

export const tokenAnswer = z.object({ token: text });
export const uploadAnswer = z.object({ id: text, status: z.literal("ok") });
