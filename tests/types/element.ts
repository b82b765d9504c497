// The composer: what a front-end developer writes, and what the compiler must not let pass.
import {
  type ComposerFile,
  type ComposerStrings,
  DivarMediaComposer,
  describeChange,
  en,
} from "divar-chat-media/element";

declare function show(...said: unknown[]): void;

export function compose(): DivarMediaComposer {
  const composer: DivarMediaComposer = document.createElement("divar-media-composer");
  composer.conversationId = "c";
  composer.accept = ["image", "voice"];
  composer.headers = async () => ({ "x-csrf": "t" });
  const strings: ComposerStrings = { ...en, send: "Go" };
  composer.strings = strings;
  composer.addEventListener("divar-send", (event) => {
    if (event.detail.files.length > 3) event.preventDefault();
  });
  composer.addEventListener("divar-sent", ({ detail: { file, message } }) => {
    const sent: ComposerFile = file;
    show(message.conversationId, ...sent.changes.map((change) => describeChange(change, strings)));
  });
  composer.addEventListener("divar-progress", ({ detail: { loaded, total } }) => {
    show(loaded / total);
  });
  const begun: boolean = composer.send();
  show(begun, composer.files[0]?.mediaToken, composer instanceof DivarMediaComposer);
  return composer;
}

export function mistakes(composer: DivarMediaComposer): void {
  // @ts-expect-error: no such target
  composer.target = "channel";
  // @ts-expect-error: files are added by a method
  composer.files = [];
  // @ts-expect-error: no such media type
  composer.accept = ["sound"];
}
