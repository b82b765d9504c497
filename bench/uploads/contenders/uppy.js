import Uppy from "@uppy/core";
import XHRUpload from "@uppy/xhr-upload";
import { uppyFiles, uppyOptions } from "../../harness/steps.js";
import { CONCURRENCY } from "./pool.js";

export const name = "@uppy/xhr-upload";

/** Uppy has a pool of its own. */
export function start(target) {
  const uppy = new Uppy().use(XHRUpload, uppyOptions(target, CONCURRENCY));
  return async (files) => {
    uppy.addFiles(uppyFiles(files));
    const { successful, failed } = await uppy.upload();
    if (failed.length > 0) throw new Error(failed[0].error);
    return successful.map((file) => file.response.body.id);
  };
}
