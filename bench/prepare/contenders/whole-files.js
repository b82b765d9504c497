import { MP4 } from "../../../tests/support/samples.js";
import { startWith } from "./steps.js";

export const name = "the three steps, files whole";

/**
 * Divar refuses a picture over 5 MB. To measure how long it would take, each goes whole as the data of a
 * video, for which the limit is 50 MB: 300 bytes more.
 */
export const start = startWith((file) => ({
  blob: new Blob([MP4, file]),
  name: `${file.name}.mp4`,
  type: "video",
}));
