"use client";

import { useEffect, useState } from "react";

export default function Page() {
  const [ready, setReady] = useState(false);
  // The README's snippet looks for its input when it is loaded.
  useEffect(() => {
    import("../../page/send.js").then(() => setReady(true));
  }, []);
  return (
    <label>
      عکس <input type="file" disabled={!ready} />
    </label>
  );
}
