import Compressor from "@uppy/compressor";
import Uppy from "@uppy/core";
import XHRUpload from "@uppy/xhr-upload";
import { sendMessage, uppyFiles, uppyOptions } from "../../harness/steps.js";
import { CONCURRENCY } from "./pool.js";

export const name = "@uppy/compressor, its defaults";

/** Uppy has a pool of its own; it compresses all files before it sends the first one. */
export const startWith = (options) => (target) => {
  const uppy = new Uppy();
  uppy.use(Compressor, options);
  uppy.use(XHRUpload, uppyOptions(target, CONCURRENCY));
  const messages = [];
  uppy.on("upload-success", (_, { body }) => messages.push(sendMessage(target, body.id)));
  return async (files) => {
    uppy.addFiles(uppyFiles(files));
    const { failed } = await uppy.upload();
    if (failed.length > 0) throw new Error(failed[0].error);
    await Promise.all(messages);
  };
};

export const start = startWith({});
