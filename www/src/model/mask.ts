const MASK = "••••••••";

/** A header's line; who holds an upload token can upload, so it is not shown. */
export function maskHeader(name: string, value: string): string {
  const secret = name.toLowerCase() === "authorization";
  return `${name}: ${secret ? value.replace(/ .*$/u, ` ${MASK}`) : value}`;
}

/** A body with what opens something masked, laid out to be read. */
export function maskBody(text: string): string {
  try {
    const hide = (key: string, value: unknown) => (key === "token" ? MASK : value);
    return JSON.stringify(JSON.parse(text, hide), undefined, 2);
  } catch {
    return text.slice(0, 400);
  }
}
