import type { Job, Letter } from "./job.js";
import type { Ledger } from "./ledger.js";
import type { RateLimit } from "./rate-limit.js";

/** What wrangler.jsonc binds. */
export interface Env {
  JOBS: Queue<Job>;
  UNDELIVERED: Queue<Letter>;
  LEDGER: DurableObjectNamespace<Ledger>;
  RATE_LIMIT: DurableObjectNamespace<RateLimit>;
  DIVAR_API_KEY: string;
  DIVAR_OPEN_API_URL: string;
  DIVAR_CHAT_URL: string;
  /** What callers of this Worker's own routes send as a Bearer token. */
  BROADCAST_SECRET: string;
  /** Messages per minute that Divar allows the key, for all broadcasts together. */
  MESSAGES_PER_MINUTE: string;
}
