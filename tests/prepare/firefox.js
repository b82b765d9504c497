// A page in Firefox.
import { startFirefox } from "../support/firefox.js";

/** No call takes longer, in milliseconds. */
const LIMIT = 60_000;

/**
 * Opens a page in Firefox with these preferences, and hands `steps` a way to call the functions of
 * inside/*.js.
 */
export async function withFirefox(url, preferences, steps) {
  const driver = await startFirefox({ preferences });
  try {
    await driver.manage().setTimeouts({ script: LIMIT });
    await driver.get(url);
    await steps(async (file, name, ...args) => {
      const answer = JSON.parse(await driver.executeAsyncScript(CALL, { file, name, args }));
      if (answer?.error) throw new Error(answer.error);
      return answer;
    });
  } finally {
    await driver.quit();
  }
}

/** Runs in the driver's sandbox, from which only the page's events reach the page's own scripts. */
const CALL = `
  const [call, done] = arguments;
  addEventListener("message", function listen({ data }) {
    if (data.kind !== "answer") return;
    removeEventListener("message", listen);
    done(data.answer);
  });
  const post = () => postMessage({ kind: "call", ...call });
  const src = "/tests/prepare/inside/answer.js";
  if (document.scripts.length) post();
  else document.head.append(Object.assign(document.createElement("script"), { type: "module", src, onload: post }));
`;
