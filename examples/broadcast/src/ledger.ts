import { DurableObject } from "cloudflare:workers";
import type { Env } from "./env.js";
import type { Letter } from "./job.js";

/**
 * The state of a recipient. From `sending` on, the message may have been delivered: a job in this
 * state that is delivered to a consumer again is `unknown`, and is not sent.
 */
export type State = "queued" | "sending" | "sent" | "refused" | "unknown";

/** A recipient's row. */
export type Recipient = { state: State; reason: string | null };

/** Where a broadcast is. */
export interface Report extends Record<State, number> {
  /** What arrived on the dead-letter queue. */
  undelivered: { conversationId: string; reason: string }[];
}

/**
 * The recipients of one broadcast. Queues deliver a job at least once, so this decides whether its
 * message is sent. Each method is one transaction, which is on disk before the caller gets the result.
 */
export class Ledger extends DurableObject<Env> {
  readonly #sql: SqlStorage;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#sql = context.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS recipients (
        conversation_id TEXT PRIMARY KEY, state TEXT NOT NULL, reason TEXT
      );
      CREATE TABLE IF NOT EXISTS letters (conversation_id TEXT PRIMARY KEY, reason TEXT NOT NULL);`);
  }

  /** The media token of the uploaded file, unless none was uploaded yet. */
  mediaToken(): string | undefined {
    return this.ctx.storage.kv.get<string>("mediaToken");
  }

  /** Adds recipients who are not there yet, and gives all who wait for their message. */
  add(mediaToken: string, conversationIds: string[]): string[] {
    this.ctx.storage.kv.put("mediaToken", mediaToken);
    for (const id of conversationIds) {
      this.#sql.exec("INSERT OR IGNORE INTO recipients VALUES (?, 'queued', NULL)", id);
    }
    const waiting = "SELECT conversation_id AS id FROM recipients WHERE state = 'queued'";
    return [...this.#sql.exec<{ id: string }>(waiting)].map(({ id }) => id);
  }

  /** Takes a job. The message is to be sent only if the state was `queued`. */
  claim(conversationId: string): Recipient {
    const before = this.#recipient(conversationId);
    if (before.state === "queued") this.settle(conversationId, { state: "sending", reason: null });
    if (before.state === "sending") {
      this.settle(conversationId, { state: "unknown", reason: "interrupted" });
      return this.#recipient(conversationId);
    }
    return before;
  }

  /** Notes what became of a message. */
  settle(conversationId: string, { state, reason }: Recipient): void {
    const update = "UPDATE recipients SET state = ?, reason = ? WHERE conversation_id = ?";
    this.#sql.exec(update, state, reason, conversationId);
  }

  /** Files a letter of the dead-letter queue. */
  file({ conversationId, reason = "consumer_failed" }: Letter): void {
    this.#sql.exec("INSERT OR REPLACE INTO letters VALUES (?, ?)", conversationId, reason);
  }

  report(): Report {
    const counts = "SELECT state, count(*) AS count FROM recipients GROUP BY state";
    const letters = "SELECT conversation_id AS conversationId, reason FROM letters";
    const report: Report = {
      ...{ queued: 0, sending: 0, sent: 0, refused: 0, unknown: 0 },
      undelivered: [...this.#sql.exec<Report["undelivered"][number]>(letters)],
    };
    for (const { state, count } of this.#sql.exec<{ state: State; count: number }>(counts)) {
      report[state] = count;
    }
    return report;
  }

  #recipient(conversationId: string): Recipient {
    const select = "SELECT state, reason FROM recipients WHERE conversation_id = ?";
    return this.#sql.exec<Recipient>(select, conversationId).one();
  }
}
