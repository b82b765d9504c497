import { type Config, getConfig } from "../routes.js";
import { changed } from "./watch.js";

let config: Config | undefined;

/** What the page must know before it can send, once it is there. */
export const knownConfig = (): Config | undefined => config;

export async function loadConfig(): Promise<Config> {
  config = await getConfig();
  changed();
  return config;
}
