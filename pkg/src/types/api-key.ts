import type { AddressOptions } from "./address.js";

/** The app's API key, and the address that it is sent to. */
export interface KeyOptions extends AddressOptions {
  /**
   * The app's API key. Never put it in a page. It needs the permission `CHAT_UPLOAD_MEDIA` for upload
   * tokens, `CHAT_BOT_SEND_MESSAGE` for messages from the chatbot, and `CHAT_SEND_MESSAGE_OAUTH` for
   * messages between users.
   */
  apiKey: string;
  /**
   * Divar's open API, or a replacement for it such as an emulator. `https:` or on this machine.
   * @defaultValue `"https://open-api.divar.ir"`
   */
  openApiUrl?: string | URL;
  /**
   * Lets a page or its workers send the key, for a tool that only its owner opens. Such a tool imports
   * from `divar-chat-media/edge`: the module that pages get by `divar-chat-media` has no code that
   * sends a key.
   * @defaultValue `false`: in a page the call rejects with `key_in_page`
   */
  dangerouslyAllowBrowser?: boolean;
}
