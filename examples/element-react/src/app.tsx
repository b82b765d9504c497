import "divar-chat-media/element";
import type { ComposerSent } from "divar-chat-media/element";
import type {} from "divar-chat-media/element/react";
import { useState } from "react";

const { VITE_DIVAR_CHAT_URL: chatUrl, VITE_DIVAR_CONVERSATION_ID: conversationId } = import.meta
  .env;

export function App() {
  const [sent, setSent] = useState<readonly string[]>([]);
  const add = ({ detail: { file } }: CustomEvent<ComposerSent>) => {
    setSent((names) => [...names, file.name]);
  };
  return (
    <>
      <output id="sent">{sent.join("\n")}</output>
      <divar-media-composer
        endpoint="/divar"
        chatUrl={chatUrl}
        conversationId={conversationId}
        lang="fa"
        ondivar-sent={add}
      />
    </>
  );
}
