// Who sends the photographs: from the files that were chosen to the last message. Each takes a
// target, and gives back what sends; all send three at once, and a message once a file is up.
import Compressor from "@uppy/compressor";
import Uppy from "@uppy/core";
import XHRUpload from "@uppy/xhr-upload";
import imageCompression from "browser-image-compression";
import { MediaQueue, uploadMedia } from "divar-chat-media";
import { getUploadToken, sendMediaMessage } from "divar-chat-media/edge";
import { prepareMedia } from "divar-chat-media/prepare";
import pLimit from "p-limit";
import { authorization, json, post, sendMessage } from "./steps.js";

const AT_ONCE = 3;
/** As `prepareMedia` has it where nothing is said. */
const LONGEST_EDGE = 2048;
const CONVERSATION = { target: "chatbot", conversationId: "bench" };

/** All photographs are prepared from the selection on, two at a time; the queue sends what is ready. */
function ours({ base, key, type }) {
  const prepared = new Map();
  const secret = { apiKey: key, openApiUrl: base, dangerouslyAllowBrowser: true };
  const queue = new MediaQueue({
    concurrency: AT_ONCE,
    token: ({ signal }) => getUploadToken({ ...secret, signal }),
    async send(file, { signal, token, onProgress }) {
      const photo = await prepared.get(file);
      const { id } = await uploadMedia(photo, type, {
        token,
        chatUrl: base,
        signal,
        onProgress,
      });
      await sendMediaMessage(id, { ...secret, ...CONVERSATION, signal });
    },
  });
  return async (files) => {
    for (const file of files) {
      prepared.set(file, prepareMedia(file, type));
      queue.add(file);
    }
    const [failed] = (await queue.settled()).filter(({ status }) => status === "rejected");
    if (failed) throw failed.reason;
  };
}

/** The three steps by `fetch`, with `prepare` before them. */
const byFetch = (prepare) => (target) => (files) =>
  pLimit(AT_ONCE).map(files, async (file) => {
    const { name, type, blob } = await prepare(file, target);
    const body = new FormData();
    body.append("file", blob, name);
    const headers = await authorization(target);
    const { id } = await json(post(`${target.base}/upload/${type}`, { headers, body }));
    await sendMessage(target, id);
  });

/** An MP4's first box, and the head of a second one for all that follows. */
const MP4 = Uint8Array.from(atob("AAAAGGZ0eXBpc29tAAACAGlzb21tcDQyAAAAAG1kYXQ="), (letter) =>
  letter.charCodeAt(0),
);

/**
 * Divar refuses a picture over 5 MB, so this cannot be done in truth. To see how long it would take,
 * each goes whole as the data of a film, for which the limit is 50 MB: 32 bytes more.
 */
const whole = (file) => ({ blob: new Blob([MP4, file]), name: `${file.name}.mp4`, type: "video" });

async function compressed(file, { type }) {
  const blob = await imageCompression(file, {
    maxWidthOrHeight: LONGEST_EDGE,
    initialQuality: 0.85,
    libURL: new URL("compression.js", location.href).href,
  });
  return { blob, name: file.name, type };
}

/** Uppy has a pool of its own; it compresses all files, and then sends the first one. */
const byUppy = (options) => (target) => {
  const uppy = new Uppy();
  uppy.use(Compressor, options);
  uppy.use(XHRUpload, {
    endpoint: `${target.base}/upload/${target.type}`,
    fieldName: "file",
    allowedMetaFields: false,
    limit: AT_ONCE,
    onBeforeRequest: async (xhr) => {
      const headers = await authorization(target);
      for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    },
  });
  const messages = [];
  uppy.on("upload-success", (_, { body }) => messages.push(sendMessage(target, body.id)));
  return async (files) => {
    uppy.addFiles(files.map((data) => ({ name: data.name, type: data.type, data })));
    const { failed } = await uppy.upload();
    if (failed.length > 0) throw new Error(failed[0].error);
    await Promise.all(messages);
  };
};

/** All by name; ratios are to the first. */
export const contenders = {
  "the three steps, files whole": byFetch(whole),
  "divar-chat-media, prepareMedia in a MediaQueue": ours,
  "@uppy/compressor as it comes": byUppy({}),
  "@uppy/compressor, to the same size": byUppy({
    maxWidth: LONGEST_EDGE,
    maxHeight: LONGEST_EDGE,
    quality: 0.85,
  }),
  "browser-image-compression, to the same size": byFetch(compressed),
};
