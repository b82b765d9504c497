// A chatbot that sends one media message to many conversations.
import { isDivarError, type MediaType, uploadMedia } from "divar-chat-media";
import { getUploadToken } from "divar-chat-media/edge";
import { deliver } from "./deliver.js";
import type { Env } from "./env.js";
import type { Job, Letter } from "./job.js";

export { Ledger } from "./ledger.js";
export { RateLimit } from "./rate-limit.js";

/** How many messages a queue takes at once. */
const BATCH = 100;

export default {
  /** `PUT /broadcasts/{id}` begins a broadcast, and may be repeated; `GET` reports where it is. */
  async fetch(request, env): Promise<Response> {
    if (request.headers.get("Authorization") !== `Bearer ${env.BROADCAST_SECRET}`) {
      return new Response("Unauthorized", { status: 401 });
    }
    const [, id] = /^\/broadcasts\/([\w-]+)$/.exec(new URL(request.url).pathname) ?? [];
    if (!id) return new Response("Not found", { status: 404 });
    if (request.method === "PUT") return begin(id, await request.formData(), env);
    return Response.json(await env.LEDGER.getByName(id).report());
  },

  async queue(batch, env): Promise<void> {
    for (const message of batch.messages) {
      if (batch.queue === "broadcast-undelivered") await file(message as Message<Letter>, env);
      else await deliver(message as Message<Job>, env);
    }
  },
} satisfies ExportedHandler<Env, Job | Letter>;

/** Uploads the file, once, and puts a job for each recipient on the queue. */
async function begin(id: string, form: FormData, env: Env): Promise<Response> {
  const [file, type, conversations] = ["file", "type", "conversations"].map((name) =>
    form.get(name),
  );
  if (!(file instanceof File) || typeof type !== "string" || typeof conversations !== "string") {
    return new Response("file, type or conversations is missing", { status: 400 });
  }
  const ledger = env.LEDGER.getByName(id);
  try {
    const mediaToken = (await ledger.mediaToken()) ?? (await upload(file, type as MediaType, env));
    const ids = conversations.split(/\s+/).filter(Boolean);
    const waiting = await ledger.add(mediaToken, ids);
    const jobs = waiting.map((conversationId) => ({
      body: { broadcastId: id, conversationId, mediaToken },
    }));
    for (let from = 0; from < jobs.length; from += BATCH) {
      await env.JOBS.sendBatch(jobs.slice(from, from + BATCH));
    }
  } catch (error) {
    if (!isDivarError(error)) throw error;
    return Response.json({ code: error.code, stage: error.stage }, { status: 502 });
  }
  return Response.json(await ledger.report(), { status: 202 });
}

async function upload(file: File, type: MediaType, env: Env): Promise<string> {
  const { DIVAR_API_KEY: apiKey, DIVAR_OPEN_API_URL: openApiUrl, DIVAR_CHAT_URL: chatUrl } = env;
  const token = () => getUploadToken({ apiKey, openApiUrl });
  return (await uploadMedia(file, type, { token, chatUrl })).id;
}

/** The end of an undelivered job. Tell a person here: who looks into the conversation can decide. */
async function file(message: Message<Letter>, env: Env): Promise<void> {
  const { broadcastId, conversationId, reason } = message.body;
  console.error(`broadcast ${broadcastId}: ${conversationId} was not delivered (${reason})`);
  await env.LEDGER.getByName(broadcastId).file(message.body);
  message.ack();
}
