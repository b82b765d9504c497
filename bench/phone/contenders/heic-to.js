import { heicTo } from "heic-to";
import { QUALITY } from "../../prepare/contenders/pool.js";
import { start as startUppy } from "../../prepare/contenders/uppy-compressor-same-size.js";

export const name = "heic-to, then Uppy";

export const toJpeg = (file) => heicTo({ blob: file, type: "image/jpeg", quality: QUALITY });

/** Uppy cannot read a HEIC: all are decoded before it gets them, one after the other as heic-to does. */
export const start = (target) => {
  const send = startUppy(target);
  return async (files) => {
    const photos = [];
    for (const file of files) {
      photos.push(new File([await toJpeg(file)], `${file.name}.jpg`, { type: "image/jpeg" }));
    }
    await send(photos);
  };
};
