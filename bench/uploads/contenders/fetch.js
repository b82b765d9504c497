import { authorization, formOf, json, post } from "../../harness/steps.js";
import { pooled } from "./pool.js";

export const name = "raw fetch";

export const start = pooled(async (file, target) => {
  const headers = await authorization(target);
  const url = `${target.base}/upload/${target.type}`;
  return (await json(post(url, { headers, body: formOf(file) }))).id;
});
