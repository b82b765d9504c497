// The three steps by `fetch`, with the preparation of each file before them.
import pLimit from "p-limit";
import { authorization, formOf, json, post, sendMessage } from "../../harness/steps.js";
import { CONCURRENCY } from "./pool.js";

/** @param {(file: File, target: object) => { name, type, blob } | Promise<{ name, type, blob }>} prepare */
export const startWith = (prepare) => (target) => (files) =>
  pLimit(CONCURRENCY).map(files, async (file) => {
    const { name, type, blob } = await prepare(file, target);
    const headers = await authorization(target);
    const upload = { headers, body: formOf(blob, name) };
    const { id } = await json(post(`${target.base}/upload/${type}`, upload));
    await sendMessage(target, id);
  });
