/** What wrangler.jsonc, its secrets and, in development, the file given by --env-file hold. */
export interface Env {
  /** The built page. */
  ASSETS: { fetch(request: Request): Promise<Response> };
  /** The app's API key. It stays here: no answer, header or log may hold it. */
  DIVAR_API_KEY: string;
  /** The OAuth token that reads the conversation. As secret as the key. */
  DIVAR_ACCESS_TOKEN: string;
  DIVAR_OPEN_API_URL: string;
  DIVAR_CHAT_URL: string;
  DIVAR_CONVERSATION_ID: string;
}
