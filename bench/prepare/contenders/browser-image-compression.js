import imageCompression from "browser-image-compression";
import { LONGEST_EDGE, QUALITY } from "./pool.js";
import { startWith } from "./steps.js";

export const name = "browser-image-compression, to the same size";

export const start = startWith(async (file, { type }) => {
  const blob = await imageCompression(file, {
    maxWidthOrHeight: LONGEST_EDGE,
    initialQuality: QUALITY,
    libURL: new URL("compression-worker.js", location.href).href,
  });
  return { blob, name: file.name, type };
});
