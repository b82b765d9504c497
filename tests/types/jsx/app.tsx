// The composer in React 19: what a front-end developer writes, and what the compiler must not let pass.
import type { ComposerSent, DivarMediaComposer } from "divar-chat-media/element";
import type {} from "divar-chat-media/element/react";
import { useRef } from "react";

declare function show(...said: unknown[]): void;

export function App() {
  const composer = useRef<DivarMediaComposer>(null);
  const sent = ({ detail }: CustomEvent<ComposerSent>) => show(detail.file.name, detail.message);
  return (
    <divar-media-composer
      ref={composer}
      endpoint="/divar"
      target="conversation"
      conversationId="demo"
      name="media"
      accept={["image", "voice"]}
      maxFiles={3}
      headers={{ "x-csrf": "t" }}
      persist
      className="composer"
      ondivar-sent={sent}
      ondivar-progress={({ detail: { loaded, total } }) => show(loaded / total)}
    />
  );
}

export const mistakes = [
  // @ts-expect-error: no such target
  <divar-media-composer key="target" target="channel" />,
  // @ts-expect-error: no such media type
  <divar-media-composer key="accept" accept={["sound"]} />,
  // @ts-expect-error: the listener of another event
  <divar-media-composer
    key="event"
    ondivar-error={(event: CustomEvent<ComposerSent>) => show(event)}
  />,
];
