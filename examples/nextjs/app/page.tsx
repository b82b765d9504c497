import { Sender } from "./sender";

// The settings are read when the page is requested, and not when it is built.
export const dynamic = "force-dynamic";

export default function Page() {
  const { DIVAR_CHAT_URL: chatUrl, DIVAR_CONVERSATION_ID: conversationId = "" } = process.env;
  return <Sender options={{ chatUrl, conversationId, endpoint: "/divar" }} />;
}
