// Who uploads. Each has a `name`, and `start(target)`, which returns what uploads files: a token of its own
// for each, four at a time, the media tokens in return.
import * as axios from "./axios.js";
import * as divarChatMedia from "./divar-chat-media.js";
import * as withProgress from "./divar-chat-media-progress.js";
import * as fetch from "./fetch.js";
import * as fetchRead from "./fetch-read.js";
import * as ky from "./ky.js";
import * as uppy from "./uppy.js";

/** Ratios are to the first. */
export const contenders = [fetch, fetchRead, divarChatMedia, withProgress, axios, ky, uppy];
