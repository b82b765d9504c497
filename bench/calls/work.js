// What is timed, in a page and in Node: each call by each contender.
import { jpegOf } from "../../tests/support/samples.js";
import * as byHand from "./contenders/by-hand.js";
import * as divarChatMedia from "./contenders/divar-chat-media.js";

/** By name; ratios are to the first. */
export const contenders = { [byHand.name]: byHand, [divarChatMedia.name]: divarChatMedia };

const BUTTONS = {
  rows: [
    {
      buttons: [
        { caption: "مشاهده", icon: "SEARCH", action: { open_direct_link: "https://divar.ir/v/a" } },
        { caption: "آگهی", action: { open_post_page: { post_token: "gZabcd" } } },
      ],
    },
  ],
};
const picture = new File([jpegOf(new Uint8Array(1000).fill(7))], "picture.jpg", {
  type: "image/jpeg",
});

/** Each call, how often it is made in a round, and a check of its value. */
const calls = {
  "buildMediaMessage(token)": {
    count: 20_000,
    now: ({ buildMediaMessage }) => buildMediaMessage("a-media-token"),
    gives: ({ media_token }) => media_token === "a-media-token",
  },
  "buildMediaMessage(token, { target, buttons })": {
    count: 20000,
    now: ({ buildMediaMessage }) =>
      buildMediaMessage("a-media-token", { target: "chatbot", buttons: BUTTONS }),
    gives: ({ text_message, buttons }) =>
      text_message === "" && JSON.stringify(buttons).length === JSON.stringify(BUTTONS).length,
  },
  "uploadMedia, refused for its options": {
    count: 500,
    later: ({ uploadMedia }) =>
      uploadMedia(picture, "image", {
        token: "t",
        chatUrl: "https://a.example",
        retries: "many",
      }).catch(({ code, stage }) => `${code} ${stage}`),
    gives: (failure) => failure === "invalid_argument upload",
  },
  getUploadToken: {
    count: 100,
    later: ({ getUploadToken }, { token }) => getUploadToken(token),
    gives: (token) => token.length > 0,
  },
  "uploadMedia, 1 KB": {
    count: 100,
    takesTokens: true,
    later: ({ uploadMedia }, { chatUrl, tokens }) =>
      uploadMedia(picture, "image", { token: tokens.pop(), chatUrl }),
    gives: ({ id }) => id.length > 0,
  },
};

export const names = Object.keys(calls);

/** The upload tokens that a round of a call needs. */
export const tokensOf = (name) => (calls[name].takesTokens ? calls[name].count : 0);

/** The microseconds of one call, of many one after the other. */
export async function time(name, by, settings) {
  const { count, now, later, gives } = calls[name];
  const contender = contenders[by];
  const start = performance.now();
  let value;
  for (let done = 0; done < count; done += 1) {
    value = now ? now(contender) : await later(contender, settings);
  }
  const ms = performance.now() - start;
  if (!gives(value)) throw new Error(`${name} ${by} gave ${JSON.stringify(value)}`);
  return (ms * 1000) / count;
}
