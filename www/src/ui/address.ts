/** The address, if it is one that a page may open: a link in a message is somebody else's text. */
export function webAddress(link: string | undefined): string | undefined {
  return link && /^https?:\/\//i.test(link) ? link : undefined;
}
