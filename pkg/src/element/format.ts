/** A whole number in the digits of a locale. */
export const formatCount = (locale: string, count: number): string =>
  new Intl.NumberFormat(locale).format(count);

/** A part of a whole, from 0 to 1, in percent. */
export const formatPercent = (locale: string, part: number): string =>
  new Intl.NumberFormat(locale, { style: "percent" }).format(part);

/** A size in units of 10^3 and 10^6 bytes, as Divar's limits are read here. */
export function formatSize(locale: string, bytes: number): string {
  if (bytes < 1000) return inUnit(locale, bytes, "byte", 0);
  if (bytes < 999_500) return inUnit(locale, bytes / 1000, "kilobyte", 0);
  return inUnit(locale, bytes / 1_000_000, "megabyte", 1);
}

function inUnit(locale: string, value: number, unit: string, digits: number): string {
  // The short Persian names are Latin abbreviations.
  const unitDisplay = locale.startsWith("fa") ? "long" : "short";
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay,
    maximumFractionDigits: digits,
  }).format(value);
}

/** Minutes and seconds. */
export function formatDuration(locale: string, seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0;
  const twoDigits = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });
  return `${formatCount(locale, Math.floor(whole / 60))}:${twoDigits.format(whole % 60)}`;
}
