// Divar's steps by `fetch`, for those that bring none of their own.

export const post = (url, options) => fetch(url, { method: "POST", ...options });

export async function json(asked) {
  const answer = await asked;
  if (!answer.ok) throw new Error(`HTTP ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

const ask = ({ base, key }, path, body) => {
  const headers = { "Content-Type": "application/json", "x-api-key": key };
  return json(post(`${base}${path}`, { headers, body: JSON.stringify(body) }));
};

/** What an upload shows: a token of its own. */
export async function authorization(target) {
  const { token } = await ask(target, "/experimental/open-platform/chat/upload", {});
  return { Authorization: `Bearer ${token}` };
}

export const sendMessage = (target, media) =>
  ask(target, "/v1/open-platform/chat/bot/conversations/bench/messages", {
    text_message: "",
    media_token: media,
  });
