import type { MediaType } from "../../types/upload.js";
import { inWords, isTaken } from "../answer.js";
import type { Divar, UploadForm } from "../divar.js";
import type { Finding } from "../finding.js";
import { padded, sampleOf } from "../samples.js";

/** The published limits, in megabytes. */
const MEGABYTES: Record<MediaType, number> = { image: 5, video: 50, voice: 1.5, file: 5 };

/** Both readings of the word. */
const DECIMAL = 1_000_000;
const BINARY = 1_048_576;

const digits = (bytes: number): string => bytes.toLocaleString("en");

/** The largest file of a media type that is taken: to the byte, if the limit is one of both readings. */
export async function largest(divar: Divar, type: MediaType, form: UploadForm): Promise<Finding> {
  const small = MEGABYTES[type] * DECIMAL;
  const large = MEGABYTES[type] * BINARY;
  let taken = 0;
  let said = "";
  for (const bytes of [small, small + 1, large, large + 1]) {
    const answer = await divar.upload(type, padded(sampleOf(type), bytes), form);
    if (!isTaken(answer)) {
      said = `; ${digits(bytes)} is refused: ${inWords(answer)}`;
      break;
    }
    taken = bytes;
  }
  return {
    question: `The largest ${type}`,
    expected: `${digits(small)} or ${digits(large)} bytes; the package takes ${digits(small)}`,
    found: taken === 0 ? `less${said}` : `${digits(taken)} bytes${said}`,
    agrees: taken >= small,
    ...(taken >= large && { options: { maxBytes: { [type]: large } } }),
  };
}
