// What the page needs from the first file on, as one download. Two downloads would share a third file of
// common code, and Chromium does not fetch such a file again once it has failed without a network.
export { inspectMedia, prepareMedia, recordVoice } from "divar-chat-media/prepare";
export { makeQueue } from "./sender.js";
