import { element, isolated } from "./element.js";
import { formatSize, formatTime } from "./format.js";
import type { Message } from "./routes.js";

/**
 * Appends the messages that `list` does not show yet. Those that it shows stay untouched, so that a
 * player does not stop and a picture is not loaded again.
 */
export function showMessages(list: HTMLOListElement, messages: Message[]): void {
  const shown = new Set(Array.from(list.querySelectorAll("li"), (item) => item.dataset.id));
  const added = messages.filter((message) => !shown.has(message.id)).map(bubble);
  list.append(...added);
  added.at(-1)?.scrollIntoView({ block: "end" });
}

function bubble(message: Message): HTMLLIElement {
  // The app speaks as the chatbot, so what the bot sent is what this page sent.
  const side = message.sender?.type === "BOT" ? "sent" : "received";
  const item = element("li", { className: `bubble ${side}` }, content(message), footer(message));
  item.dataset.id = message.id;
  item.dataset.type = message.type;
  return item;
}

function content(message: Message): HTMLElement {
  if (message.type === "TEXT") return element("p", { dir: "auto" }, message.text ?? "");
  const link = webAddress(mediaOf(message)?.link);
  if (link !== undefined && message.type === "IMAGE") return picture(link, message.image_data);
  if (link !== undefined && message.type === "VIDEO") return video(link);
  if (link !== undefined && message.type === "VOICE") return voice(link);
  if (link !== undefined && message.type === "FILE") return card(link, message.file_data?.name);
  return element("p", { className: "note" }, "این صفحه این نوع پیام را نشان نمی‌دهد.");
}

function picture(src: string, data: Message["image_data"]): HTMLElement {
  const image = element("img", { src, alt: "عکس فرستاده‌شده" });
  // Known before the picture has come, so that the conversation does not jump.
  if (data?.width_px && data.height_px) {
    image.width = data.width_px;
    image.height = data.height_px;
  }
  return withFallback(image, "این عکس بارگذاری نشد.");
}

function video(src: string): HTMLElement {
  const player = element("video", { src, controls: true, preload: "metadata", playsInline: true });
  player.setAttribute("aria-label", "ویدیوی فرستاده‌شده");
  return withFallback(player, "این ویدیو پخش‌شدنی نیست.");
}

function voice(src: string): HTMLElement {
  const player = element("audio", { src, controls: true, preload: "metadata" });
  player.setAttribute("aria-label", "صدای فرستاده‌شده");
  return withFallback(player, "این صدا پخش‌شدنی نیست.");
}

function card(href: string, name = "سند بی‌نام"): HTMLElement {
  const link = element("a", { href, target: "_blank", rel: "noopener" }, isolated(name));
  return element("p", { className: "card" }, "سند: ", link);
}

/** Puts a sentence in the place of media that the browser could not load. */
function withFallback(media: HTMLElement, sentence: string): HTMLElement {
  media.addEventListener("error", () => {
    media.replaceWith(element("p", { className: "note" }, sentence));
  });
  return media;
}

function footer(message: Message): HTMLElement {
  const foot = element("footer", {});
  const size = Number(mediaOf(message)?.size_bytes);
  if (size > 0) foot.append(isolated(formatSize(size)));
  const sentAt = new Date(message.sent_at ?? "");
  if (!Number.isNaN(sentAt.getTime())) {
    const dateTime = sentAt.toISOString();
    foot.append(element("time", { dateTime }, formatTime(sentAt, new Date())));
  }
  return foot;
}

function mediaOf(message: Message): { link?: string; size_bytes?: string } | undefined {
  return message.image_data ?? message.video_data ?? message.voice_data ?? message.file_data;
}

/** The address, if it is one that a page may open: a link in a message is somebody else's text. */
function webAddress(link: string | undefined): string | undefined {
  return link && /^https?:\/\//i.test(link) ? link : undefined;
}
