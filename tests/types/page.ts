// What a front-end developer writes, and what the compiler must not let pass.
import {
  type Button,
  type ButtonGrid,
  buildMediaMessage,
  type ChatbotMediaMessage,
  type ConversationMediaMessage,
  type DivarMediaError,
  type ErrorCode,
  getUploadToken,
  type IconName,
  isDivarError,
  type MediaMessage,
  MediaQueue,
  type MediaType,
  type QueuedMedia,
  type SendMediaOptions,
  type SentMessage,
  type Stage,
  sendMedia,
  type UploadedMedia,
  type UploadOptions,
  type UploadTokenOptions,
  uploadMedia,
} from "divar-chat-media";

declare const file: File;
declare const signal: AbortSignal;
declare function show(share: number): void;

export async function send(): Promise<MediaMessage> {
  const token: string = await getUploadToken({ endpoint: "/divar", signal });
  const media: UploadedMedia = await uploadMedia(file, "image", { token, signal });
  await uploadMedia(file, "image", {
    token: (context) => getUploadToken({ endpoint: "/divar", signal: context.signal }),
    onProgress: ({ loaded, total, phase }) => show(phase === "uploading" ? loaded / total : 1),
    stallTimeout: 10_000,
    answerTimeout: 20_000,
    timeout: 60_000,
    retries: 0,
  });
  return buildMediaMessage(media.id);
}

export const tokens: UploadTokenOptions[] = [
  { endpoint: new URL("https://example.com/divar") },
  { endpoint: "/divar", headers: { "X-CSRF-Token": "c" } },
  { endpoint: "/divar", headers: async () => ({ Authorization: "Bearer s" }) },
  { endpoint: "http://192.168.1.7:8080/divar", allowInsecureHttp: true },
  { apiKey: "k", openApiUrl: "http://127.0.0.1:9310", dangerouslyAllowBrowser: true },
];
// @ts-expect-error an endpoint or a key is needed
export const noToken: UploadTokenOptions = {};

export const options: UploadOptions = {
  token: "t",
  fileName: "عکس.jpg",
  maxBytes: 5 * 2 ** 20,
  chatUrl: "http://127.0.0.1:9310",
  authScheme: "Basic",
  encoding: "binary",
};
export const relayed: UploadOptions = { endpoint: "/divar", headers: () => ({ "X-Session": "s" }) };
// @ts-expect-error a header is text
export const wrongHeader: UploadTokenOptions = { endpoint: "/divar", headers: { "X-Number": 1 } };
// @ts-expect-error the number of tries is a number
export const wrongRetries: UploadOptions = { token: "t", retries: "3" };
// @ts-expect-error the token is needed
export const noOptions: UploadOptions = {};
// @ts-expect-error there is no such scheme
export const wrongScheme: UploadOptions = { token: "t", authScheme: "Digest" };
// @ts-expect-error there is no such type
export const wrongType: MediaType = "picture";
// @ts-expect-error a name is no file
uploadMedia("a.jpg", "image", { token: "t" });
// @ts-expect-error the options are needed
uploadMedia(new Blob([]), "voice");

export const whole: SendMediaOptions[] = [
  { endpoint: "/divar", conversationId: "c" },
  { endpoint: "/divar", conversationId: "c", headers: { "X-Session": "s" }, relay: true },
  {
    endpoint: "/divar",
    target: "chatbot",
    conversationId: "c",
    type: "image",
    buttons: { rows: [] },
  },
  { endpoint: "/divar", target: "user", userId: "u", mediaToken: "m", whenOffline: "wait" },
  { endpoint: "/divar", target: "conversation", conversationId: "c", senderButtons: { rows: [] } },
];
// @ts-expect-error a message goes somewhere
export const toNobody: SendMediaOptions = { endpoint: "/divar" };
// @ts-expect-error a user is not a conversation
export const toUser: SendMediaOptions = { endpoint: "/divar", target: "user", conversationId: "c" };
// @ts-expect-error the key is not for a page
export const withKey: SendMediaOptions = { endpoint: "/divar", conversationId: "c", apiKey: "k" };

export async function sendAll(files: FileList): Promise<SentMessage[]> {
  const queue = new MediaQueue({
    token: ({ signal }) => getUploadToken({ endpoint: "/divar", signal }),
    send: (file, context) =>
      sendMedia(file, { endpoint: "/divar", conversationId: "c", ...context }),
    onChange: (entry) => show(entry.loaded / entry.total),
  });
  const entries: QueuedMedia<SentMessage>[] = [...files].map((file) => queue.add(file));
  entries[0]?.cancel();
  for (const entry of entries) {
    // @ts-expect-error a state is read, not written
    entry.state = "sent";
  }
  const results = await queue.settled();
  return results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
}

// A queue of uploads alone, whose messages something else sends.
export const uploads = new MediaQueue({
  token: ({ signal }) => getUploadToken({ endpoint: "/divar", signal }),
  send: (file, { token = "t", ...context }) => uploadMedia(file, "image", { token, ...context }),
});
// @ts-expect-error a queue must know how to send
export const noSend = new MediaQueue({});

const button: Button = {
  action: { open_direct_link: "https://divar.ir" },
  caption: "دیوار",
  icon: "REAL_ESTATE",
};
const buttons: ButtonGrid = { rows: [{ buttons: [button] }] };
export const known: IconName = "ADD";
export const added: IconName = "AN_ICON_OF_TOMORROW";
// @ts-expect-error there is no such action
export const wrongAction: Button = { action: { close: {} }, caption: "x" };
export const twoActions: Button = {
  caption: "x",
  // @ts-expect-error a button has one action
  action: { open_direct_link: "https://divar.ir", open_post_page: { post_token: "p" } },
};
export const data: Button = {
  caption: "x",
  action: { get_dynamic_action: { data: { id: 1 } } },
};

export const plain: MediaMessage = buildMediaMessage("m");
export const chatbot: ChatbotMediaMessage = buildMediaMessage("m", { target: "user", buttons });
export const empty: "" = chatbot.text_message;
export const between: ConversationMediaMessage = buildMediaMessage("m", {
  target: "conversation",
  senderButtons: buttons,
  receiverButtons: buttons,
});
// @ts-expect-error a conversation has a grid for each side
buildMediaMessage("m", { target: "conversation", buttons });
// @ts-expect-error there is no such target
buildMediaMessage("m", { target: "group" });

export function explain(error: unknown): string {
  if (!isDivarError(error)) throw error;
  const known: DivarMediaError = error;
  const code: ErrorCode = known.code;
  const stage: Stage | "prepare" = known.stage;
  const status: number | undefined = known.status;
  const details: readonly unknown[] = known.details ?? [];
  const again: boolean = known.retryable && !known.deliveryUnknown;
  // @ts-expect-error an error is read, not written
  known.code = "network";
  return `${code} ${stage} ${status} ${again} ${known.mediaToken ?? ""} ${details.length} ${known.userMessage.fa}`;
}
