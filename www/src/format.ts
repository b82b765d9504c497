const clock = new Intl.DateTimeFormat("fa-IR", { hour: "2-digit", minute: "2-digit" });
const dayAndClock = new Intl.DateTimeFormat("fa-IR", {
  day: "numeric",
  month: "long",
  hour: "2-digit",
  minute: "2-digit",
});

/** The time of day in Persian digits, with the day (solar calendar) in front when it is not today. */
export function formatTime(sentAt: Date, now: Date): string {
  const today = sentAt.toDateString() === now.toDateString();
  return (today ? clock : dayAndClock).format(sentAt);
}

/** A size in Persian, in units of 10^3 and 10^6 bytes, as Divar's limits are read here. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return inUnit(bytes, "byte", 0);
  if (bytes < 999_500) return inUnit(bytes / 1000, "kilobyte", 0);
  return inUnit(bytes / 1_000_000, "megabyte", 1);
}

function inUnit(value: number, unit: string, maximumFractionDigits: number): string {
  const options = { style: "unit", unit, unitDisplay: "long", maximumFractionDigits } as const;
  return new Intl.NumberFormat("fa-IR", options).format(value);
}
