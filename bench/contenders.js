// Who uploads: the package in its two ways, and what people would use instead.
// Each takes a target, prepares itself, and gives back what uploads files: a
// token of its own for each, `AT_ONCE` at a time, the media tokens in return.
import Uppy from "@uppy/core";
import XHRUpload from "@uppy/xhr-upload";
import axios from "axios";
import { uploadMedia } from "divar-chat-media";
import { getUploadToken } from "divar-chat-media/edge";
import ky from "ky";
import pLimit from "p-limit";

const AT_ONCE = 4;

const pooled = (upload) => (target) => (files) =>
  pLimit(AT_ONCE).map(files, (file) => upload(file, target));

function ours(options) {
  return pooled(async (file, { base, key, type }) => {
    const token = ({ signal }) =>
      getUploadToken({ apiKey: key, openApiUrl: base, dangerouslyAllowBrowser: true, signal });
    const { id } = await uploadMedia(file, type, { token, chatUrl: base, ...options });
    return id;
  });
}

async function json(answer) {
  if (!answer.ok) throw new Error(`HTTP ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** How all others get their tokens. */
async function mint({ base, key }) {
  const answer = await fetch(`${base}/experimental/open-platform/chat/upload`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "x-api-key": key },
    body: "{}",
  });
  return (await json(answer)).token;
}

const authorization = async (target) => ({ Authorization: `Bearer ${await mint(target)}` });

function form(file) {
  const body = new FormData();
  body.append("file", file, file.name);
  return body;
}

async function byFetch(file, target) {
  const answer = await fetch(`${target.base}/upload/${target.type}`, {
    method: "POST",
    headers: await authorization(target),
    body: form(file),
  });
  return (await json(answer)).id;
}

async function byAxios(file, target) {
  const { data } = await axios.post(`${target.base}/upload/${target.type}`, form(file), {
    headers: await authorization(target),
    onUploadProgress: () => {},
  });
  return data.id;
}

async function byKy(file, target) {
  const answer = ky.post(`${target.base}/upload/${target.type}`, {
    headers: await authorization(target),
    body: form(file),
  });
  return (await answer.json()).id;
}

/** Uppy has a pool of its own, and gets its token where its documentation sets headers late. */
function byUppy(target) {
  const uppy = new Uppy();
  uppy.use(XHRUpload, {
    endpoint: `${target.base}/upload/${target.type}`,
    fieldName: "file",
    allowedMetaFields: false,
    limit: AT_ONCE,
    onBeforeRequest: async (xhr) => {
      xhr.setRequestHeader("Authorization", `Bearer ${await mint(target)}`);
    },
  });
  return async (files) => {
    uppy.addFiles(files.map((data) => ({ name: data.name, type: data.type, data })));
    const { successful, failed } = await uppy.upload();
    if (failed.length > 0) throw new Error(failed[0].error);
    return successful.map((file) => file.response.body.id);
  };
}

/** All by name; ratios are to the first. */
export const contenders = {
  "raw fetch": pooled(byFetch),
  "divar-chat-media": ours({}),
  "divar-chat-media, onProgress": ours({ onProgress: () => {} }),
  axios: pooled(byAxios),
  ky: pooled(byKy),
  "@uppy/xhr-upload": byUppy,
};
