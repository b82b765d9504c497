"use client";

import { isDivarError, type SendMediaOptions, sendMedia } from "divar-chat-media";
import { type ChangeEvent, useEffect, useState } from "react";

export function Sender({ options }: { options: SendMediaOptions }) {
  const [ready, setReady] = useState(false);
  const [text, setText] = useState("");
  useEffect(() => setReady(true), []);

  const send = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    if (!file) return;
    try {
      await sendMedia(file, {
        ...options,
        onProgress: ({ loaded, total }) => setText(`${Math.round((100 * loaded) / total)}٪`),
      });
      setText("فرستاده شد");
    } catch (error) {
      if (!isDivarError(error)) throw error;
      setText(error.userMessage.fa);
    }
  };

  return (
    <>
      <label>
        فایل <input type="file" disabled={!ready} onChange={send} />
      </label>
      <output>{text}</output>
    </>
  );
}
