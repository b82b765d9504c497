// Redraws pictures in a thread of its own, one after another.
import { redraw } from "./redraw.js";

addEventListener("message", async ({ data: { blob, wanted } }) => {
  try {
    const picture = await redraw(blob, wanted, (progress) => postMessage({ progress }));
    // As bytes: in some browsers a Blob does not outlive the worker that made it.
    const { type } = picture.blob;
    const bytes = await picture.blob.arrayBuffer();
    postMessage({ picture: { ...picture, blob: undefined, type, bytes } }, [bytes]);
  } catch ({ code, message, cause }) {
    // In words: in older browsers an exception cannot be posted.
    postMessage({ refusal: { code, message, cause: cause && [cause.message, cause.name] } });
  }
});

postMessage("ready");
