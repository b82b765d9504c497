import ky from "ky";
import { authorization, formOf } from "../../harness/steps.js";
import { pooled } from "./pool.js";

export const name = "ky";

export const start = pooled(async (file, target) => {
  const answer = ky.post(`${target.base}/upload/${target.type}`, {
    headers: await authorization(target),
    body: formOf(file),
  });
  return (await answer.json()).id;
});
