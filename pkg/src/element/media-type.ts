import type { MediaType } from "../types/upload.js";

/** What an `<input type=file>` offers for each media type; other files can be chosen, too. */
const OFFERED: Readonly<Record<MediaType, string>> = {
  image: "image/*,.heic",
  video: "video/*,.mov",
  voice: "audio/*,.m4a,.3gp",
  file: ".pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx",
};

export const MEDIA_TYPES = Object.keys(OFFERED) as readonly MediaType[];

/** The `accept` of an `<input type=file>` for these media types. */
export const inputAccept = (types: readonly MediaType[]): string =>
  types.map((type) => OFFERED[type]).join();

/** The media type that a MIME type suggests. */
export function mediaTypeOf(mime: string): MediaType | undefined {
  const [kind] = mime.split("/");
  if (kind === "image" || kind === "video") return kind;
  if (kind === "audio") return "voice";
  return kind === "application" ? "file" : undefined;
}
