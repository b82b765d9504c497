import { field, inWords, isTaken } from "../answer.js";
import type { Divar, UploadForm } from "../divar.js";
import type { Finding } from "../finding.js";
import { sampleOf } from "../samples.js";

const { type, file } = sampleOf("image");

/** What a message gets with the empty text and without it. It sends up to two messages. */
export async function messages(
  divar: Divar,
  form: UploadForm,
  conversationId: string,
): Promise<Finding[]> {
  const upload = await divar.upload(type, file, form);
  const findings: Finding[] = [];
  if (!isTaken(upload)) return findings;
  const media = { media_token: String(field(upload.body, "id")) };
  for (const [how, message, isUsual] of [
    ["with the empty text", { text_message: "", ...media }, true],
    ["without a text", media, false],
  ] as const) {
    const answer = await divar.message(conversationId, message);
    findings.push({
      question: `A media message ${how}`,
      expected: isUsual ? "HTTP 200" : "not said; the package sends the empty text",
      found: inWords(answer),
      agrees: !isUsual || answer.status === 200,
    });
  }
  return findings;
}
