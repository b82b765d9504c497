// Divar's steps by `fetch`, for contenders that bring none of their own.

export const post = (url, options) => fetch(url, { method: "POST", ...options });

/** The JSON of a successful answer. */
export async function json(response) {
  const answer = await response;
  if (!answer.ok) throw new Error(`HTTP ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

const postJson = ({ base, key }, path, body) => {
  const headers = { "Content-Type": "application/json", "x-api-key": key };
  return json(post(`${base}${path}`, { headers, body: JSON.stringify(body) }));
};

/** A new upload token. */
export const mintToken = async (target) =>
  (await postJson(target, "/experimental/open-platform/chat/upload", {})).token;

/** The header of an upload, with a token of its own. */
export const authorization = async (target) => ({
  Authorization: `Bearer ${await mintToken(target)}`,
});

/** A form with the file as its one field. */
export function formOf(file, name = file.name) {
  const form = new FormData();
  form.append("file", file, name);
  return form;
}

export const sendMessage = (target, mediaToken) =>
  postJson(target, "/v1/open-platform/chat/bot/conversations/bench/messages", {
    text_message: "",
    media_token: mediaToken,
  });

/** The options of Uppy's XHRUpload for this target. */
export const uppyOptions = (target, limit) => ({
  endpoint: `${target.base}/upload/${target.type}`,
  fieldName: "file",
  allowedMetaFields: false,
  limit,
  // Where Uppy's documentation sets headers that come late.
  onBeforeRequest: async (xhr) => {
    const headers = await authorization(target);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
  },
});

/** Files as Uppy takes them. */
export const uppyFiles = (files) =>
  files.map((data) => ({ name: data.name, type: data.type, data }));
