import type { MediaType } from "divar-chat-media";

const BY_EXTENSION: Readonly<Record<string, MediaType>> = {
  png: "image",
  jpg: "image",
  jpeg: "image",
  mp4: "video",
  m4a: "voice",
  // In Divar's chat 3GP is a voice format.
  "3gp": "voice",
};

/**
 * Proposes what to send a file as: by the media type that the browser reports, and, where it reports
 * none that tells (Windows gives an empty one for many files), by the name's extension.
 *
 * It is only a proposal, so a file that Divar takes as nothing gets the nearest type, or "file":
 * the upload refuses it with a sentence that says what would be taken.
 */
export function proposeMediaType(name: string, contentType: string): MediaType {
  const [kind, format = ""] = contentType.toLowerCase().split(";", 1)[0]?.trim().split("/") ?? [];
  if (kind === "image") return "image";
  if (kind === "audio" || (kind === "video" && format.startsWith("3gp"))) return "voice";
  if (kind === "video") return "video";
  const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  return BY_EXTENSION[extension] ?? "file";
}
