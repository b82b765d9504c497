// What a page under test has: the package, and functions that its test calls.
import * as main from "divar-chat-media";
import * as edge from "divar-chat-media/edge";

/** An error as plain data. */
const plain = ({ code, message, retryable, status, name }) => ({
  code,
  message,
  retryable,
  status,
  name,
});

/** How a call ended, as plain data. */
const outcome = (call) =>
  call.then(
    (value) => ({ value }),
    (error) => ({ error: plain(error) }),
  );

/** The file that was chosen in the page's `<input>`. */
const chosen = () => document.querySelector("input").files[0];

/** A picture of `size` bytes. */
export function picture(size) {
  const bytes = new Uint8Array(size).fill(7);
  bytes.set([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70]);
  bytes.set([0xff, 0xd9], size - 2);
  return new File([bytes], "a.jpg", { type: "image/jpeg" });
}

globalThis.media = {
  main,
  edge,
  outcome,
  chosen,
  picture,
  /** Uploads, with what `onProgress` got if it is wanted, and how many tokens were asked for. */
  async upload(file, { token, tellsProgress, ...options }) {
    const progress = [];
    const onProgress = tellsProgress ? (report) => progress.push(report) : undefined;
    let tokens = 0;
    const given = async () => {
      tokens += 1;
      return (await globalThis.beforeToken?.(tokens)) ?? token;
    };
    const ended = await outcome(
      main.uploadMedia(file, "image", { token: given, onProgress, ...options }),
    );
    return { ...ended, progress, tokens };
  },
};
