import { LONGEST_EDGE, QUALITY } from "./pool.js";
import { startWith } from "./uppy-compressor.js";

export const name = "@uppy/compressor, to the same size";

export const start = startWith({
  maxWidth: LONGEST_EDGE,
  maxHeight: LONGEST_EDGE,
  quality: QUALITY,
});
