/** Files that each contender sends at once. */
export const CONCURRENCY = 3;

/** The defaults of `prepareMedia`: the longest edge in pixels, and the quality. */
export const LONGEST_EDGE = 2048;
export const QUALITY = 0.85;
