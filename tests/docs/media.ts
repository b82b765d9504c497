// The file that the guide to servers imports its handler from.
import type { MediaHandler } from "divar-chat-media/edge";

export declare const handle: MediaHandler;
