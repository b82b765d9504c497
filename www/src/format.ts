import { language } from "./i18n/language.js";

const locale = () => (language() === "fa" ? "fa-IR" : "en");

/** A whole number in the language's own digits. */
export const formatCount = (count: number): string => new Intl.NumberFormat(locale()).format(count);

/** A share from 0 to 1. */
export const formatShare = (share: number): string =>
  new Intl.NumberFormat(locale(), { style: "percent" }).format(share);

/** A size in units of 10^3 and 10^6 bytes, as Divar's limits are read here. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return inUnit(bytes, "byte", 0);
  if (bytes < 999_500) return inUnit(bytes / 1000, "kilobyte", 0);
  return inUnit(bytes / 1_000_000, "megabyte", 1);
}

function inUnit(value: number, unit: string, maximumFractionDigits: number): string {
  const unitDisplay = language() === "fa" ? "long" : "short";
  const options = { style: "unit", unit, unitDisplay, maximumFractionDigits } as const;
  return new Intl.NumberFormat(locale(), options).format(value);
}

/** Minutes and seconds. */
export function formatDuration(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0;
  const two = new Intl.NumberFormat(locale(), { minimumIntegerDigits: 2 });
  return `${formatCount(Math.floor(whole / 60))}:${two.format(whole % 60)}`;
}

/** The time of day, with the day (in Persian of the solar calendar) in front when it is not today. */
export function formatTime(sentAt: Date, now = new Date()): string {
  const time = { hour: "2-digit", minute: "2-digit" } as const;
  const today = sentAt.toDateString() === now.toDateString();
  const options = today ? time : ({ day: "numeric", month: "long", ...time } as const);
  return new Intl.DateTimeFormat(locale(), options).format(sentAt);
}
