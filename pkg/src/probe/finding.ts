import type { DirectUploadOptions, UploadFileOptions } from "../types/upload.js";

/** Options of uploads that an answer of Divar's calls for. */
export type OptionsToSet = Pick<DirectUploadOptions, "authScheme" | "encoding"> & {
  /** By media type, as the limits differ. */
  maxBytes?: Record<string, NonNullable<UploadFileOptions["maxBytes"]>>;
  relay?: true;
};

/** The answer to one question about Divar's API. It holds no key, no token and no id. */
export interface Finding {
  question: string;
  /** What this package assumes; `docs/divar-api.md` has the sources. */
  expected: string;
  found: string;
  /** Whether the package works with what was found, without options. */
  agrees: boolean;
  options?: OptionsToSet;
}
