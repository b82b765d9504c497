// What the composer needs from the first file on, as one download: if two downloads shared a third file,
// Chromium would not fetch that file again after it has failed without a network.
export { inspectMedia, prepareMedia, recordVoice } from "../prepare.js";
export { createQueue } from "./create-queue.js";
