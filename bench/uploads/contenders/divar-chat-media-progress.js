import { startWith } from "./divar-chat-media.js";

export const name = "divar-chat-media, onProgress";

export const start = startWith({ onProgress: () => {} });
