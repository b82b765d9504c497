import pLimit from "p-limit";

/** Uploads at once by each contender. */
export const CONCURRENCY = 4;

/** Uploads files by `upload(file, target)`, four at a time. */
export const pooled = (upload) => (target) => (files) =>
  pLimit(CONCURRENCY).map(files, (file) => upload(file, target));
