import Uppy from "@uppy/core";
import XHRUpload from "@uppy/xhr-upload";

export const first = () =>
  new Uppy().use(XHRUpload, { endpoint: "/upload" }).getPlugin("XHRUpload") !== undefined;
