import { inWords, isTaken } from "../answer.js";
import type { Divar, UploadForm } from "../divar.js";
import type { Finding } from "../finding.js";
import { sampleOf } from "../samples.js";

const { type, file } = sampleOf("image");

/** Whether a token serves a second upload. */
export async function tokenServesTwice(divar: Divar, form: UploadForm): Promise<Finding> {
  const token = await divar.mint();
  const first = await divar.upload(type, file, { ...form, token });
  const second = isTaken(first) ? await divar.upload(type, file, { ...form, token }) : first;
  return {
    question: "Does an upload token serve twice?",
    expected: "not said; the package gets one for each upload",
    found: isTaken(second) ? "yes" : `no: ${inWords(second)}`,
    agrees: isTaken(first),
  };
}

/** Whether a token that is this old is still taken. */
export async function tokenLives(
  divar: Divar,
  form: UploadForm,
  seconds: number,
): Promise<Finding> {
  const token = await divar.mint();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const answer = await divar.upload(type, file, { ...form, token });
  return {
    question: `Does an upload token live for ${seconds} s?`,
    expected: "not said; the package uses it at once",
    found: isTaken(answer) ? "yes" : `no: ${inWords(answer)}`,
    agrees: true,
  };
}
