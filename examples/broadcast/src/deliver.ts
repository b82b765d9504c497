import { isDivarError } from "divar-chat-media";
import { sendMediaMessage } from "divar-chat-media/edge";
import type { Env } from "./env.js";
import type { Job } from "./job.js";
import type { Recipient } from "./ledger.js";

/** How often Divar may ask to try a message again later before it counts as refused. */
const MOST_ATTEMPTS = 20;
/** The longest wait for a turn, in milliseconds. Queues give a consumer 15 minutes for its batch. */
const LONGEST_WAIT = 60_000;
/** How long a job is delayed at most, in seconds. Queues allow 24 hours. */
const LONGEST_DELAY = 86_400;

/** What became of one attempt. `queued` is a message that Divar did not take, and may take later. */
type Outcome = Recipient & { retryAfterMs?: number };

/** Sends a job's message, unless it was sent before or may have been. */
export async function deliver(message: Message<Job>, env: Env): Promise<void> {
  const { broadcastId, conversationId } = message.body;
  const ledger = env.LEDGER.getByName(broadcastId);
  const wait = await turn(env);
  if (wait > 0) return delay(message, wait);
  let outcome: Outcome = await ledger.claim(conversationId);
  if (outcome.state === "queued") {
    outcome = await send(message, env);
    await ledger.settle(conversationId, outcome);
  }
  if (outcome.state === "queued") return tryLater(message, outcome, env);
  if (outcome.state !== "sent") {
    await env.UNDELIVERED.send({ ...message.body, reason: outcome.reason ?? undefined });
  }
  message.ack();
}

/**
 * Waits until the quota has room for one more message.
 *
 * @returns 0, or the milliseconds until then if they are too many to wait here
 */
async function turn(env: Env): Promise<number> {
  const rateLimit = env.RATE_LIMIT.getByName("key");
  let wait = await rateLimit.take();
  while (wait > 0 && wait <= LONGEST_WAIT) {
    await scheduler.wait(wait);
    wait = await rateLimit.take();
  }
  return wait;
}

async function send({ body, attempts }: Message<Job>, env: Env): Promise<Outcome> {
  const { conversationId, mediaToken } = body;
  try {
    await sendMediaMessage(mediaToken, {
      apiKey: env.DIVAR_API_KEY,
      openApiUrl: env.DIVAR_OPEN_API_URL,
      target: "chatbot",
      conversationId,
    });
    return { state: "sent", reason: null };
  } catch (error) {
    if (!isDivarError(error)) return { state: "unknown", reason: String(error) };
    const { code: reason, deliveryUnknown, retryable, retryAfterMs } = error;
    if (deliveryUnknown) return { state: "unknown", reason };
    if (retryable && attempts < MOST_ATTEMPTS) return { state: "queued", reason, retryAfterMs };
    return { state: "refused", reason };
  }
}

async function tryLater(message: Message<Job>, outcome: Outcome, env: Env): Promise<void> {
  const backoff = Math.min(2 ** message.attempts, 60);
  const { retryAfterMs = 1000 * backoff, reason } = outcome;
  // The quota is everybody's: no job is sent before it is over.
  if (reason === "rate_limited" && outcome.retryAfterMs) {
    await env.RATE_LIMIT.getByName("key").pause(outcome.retryAfterMs);
  }
  delay(message, retryAfterMs);
}

/** Puts a job back on the queue for some milliseconds. */
function delay(message: Message<Job>, ms: number): void {
  message.retry({ delaySeconds: Math.min(Math.ceil(ms / 1000), LONGEST_DELAY) });
}
