import type { MediaType } from "../types/upload.js";
import { type Destination, Divar, type UploadForm } from "./divar.js";
import type { Finding } from "./finding.js";
import { crossOrigin } from "./questions/cors.js";
import { largest } from "./questions/limits.js";
import { messages } from "./questions/message.js";
import { tokenLives, tokenServesTwice } from "./questions/token.js";
import { formats, forms, refusals } from "./questions/upload.js";
import { optionsOf } from "./report.js";
import type { Sample } from "./samples.js";

/** What is asked. */
export interface ProbeOptions extends Destination {
  /** The origin of the page whose uploads are asked for. */
  origin: string;
  /** The age, in seconds, at which a token is tried; not tried if absent. */
  tokenAge?: number;
  /** Whether videos of 50 MB are uploaded to find their limit. */
  large: boolean;
  /** Files of the caller's. */
  files: readonly Sample[];
  /** A conversation that messages may be sent into; none is sent if absent. */
  conversationId?: string;
  onFinding?: (finding: Finding) => void;
}

/**
 * Asks all questions, one after the other.
 *
 * @throws {DivarMediaError} of the first token: without one nothing can be found out
 */
export async function probe(options: ProbeOptions): Promise<Finding[]> {
  const divar = new Divar(options);
  const findings: Finding[] = [];
  const add = (...found: Finding[]) => {
    findings.push(...found);
    for (const finding of found) options.onFinding?.(finding);
  };

  add(...(await forms(divar)));
  // Where the usual form is refused, the rest is asked by the one that is taken.
  const { authScheme, encoding } = optionsOf(findings);
  const form: UploadForm = { ...(authScheme && { authScheme }), ...(encoding && { encoding }) };
  add(await tokenServesTwice(divar, form));
  if (options.tokenAge !== undefined) add(await tokenLives(divar, form, options.tokenAge));
  add(...(await formats(divar, form, options.files)));
  const types: MediaType[] = ["image", "voice", "file"];
  for (const type of options.large ? [...types, "video" as const] : types) {
    add(await largest(divar, type, form));
  }
  add(await crossOrigin(divar, options.origin));
  add(...(await refusals(divar, form)));
  const { conversationId } = options;
  if (conversationId !== undefined) add(...(await messages(divar, form, conversationId)));
  return findings;
}
