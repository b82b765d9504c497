// What is timed, in a page and in Node: each call by each contender.
import * as divar from "divar-chat-media";
import * as byHand from "./by-hand.js";

/** All by name; ratios are to the first. */
export const contenders = {
  "by hand, with zod": byHand,
  "divar-chat-media": divar,
};

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
const JPEG = [
  0xff,
  0xd8,
  0xff,
  0xe0,
  0,
  16,
  74,
  70,
  73,
  70,
  0,
  1,
  ...Array(1000).fill(7),
  0xff,
  0xd9,
];
const picture = new File([Uint8Array.from(JPEG)], "picture.jpg", { type: "image/jpeg" });

/** Each call, how often it is made in a round, and what must come of it. */
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
    gives: (said) => said === "invalid_argument upload",
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

/** How many upload tokens a round of a call takes. */
export const tokensOf = (name) => (calls[name].takesTokens ? calls[name].count : 0);

/** The microseconds that one takes, of so many one after the other. */
export async function time(name, by, settings) {
  const { count, now, later, gives } = calls[name];
  const contender = contenders[by];
  const begun = performance.now();
  let value;
  for (let done = 0; done < count; done += 1) {
    value = now ? now(contender) : await later(contender, settings);
  }
  const took = performance.now() - begun;
  if (!gives(value)) throw new Error(`${name} ${by} gave ${JSON.stringify(value)}`);
  return (took * 1000) / count;
}
