import axios from "axios";
import { authorization, formOf } from "../../harness/steps.js";
import { pooled } from "./pool.js";

export const name = "axios";

export const start = pooled(async (file, target) => {
  const { data } = await axios.post(`${target.base}/upload/${target.type}`, formOf(file), {
    headers: await authorization(target),
    onUploadProgress: () => {},
  });
  return data.id;
});
