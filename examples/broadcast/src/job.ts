/** One message to one recipient, on the queue of jobs. */
export interface Job {
  broadcastId: string;
  conversationId: string;
  mediaToken: string;
}

/** A job on the dead-letter queue. Only one that Cloudflare itself put there has no reason. */
export interface Letter extends Job {
  /** The error's code, or `interrupted`: the consumer ended between sending and noting the answer. */
  reason?: string;
}
