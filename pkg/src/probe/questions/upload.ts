import { type Answer, inWords, isTaken } from "../answer.js";
import type { Divar, UploadForm } from "../divar.js";
import type { Finding } from "../finding.js";
import { type Sample, sampleOf, samples } from "../samples.js";

const { type, file } = sampleOf("image");

const verdict = (answer: Answer): string =>
  isTaken(answer) ? "taken" : `refused: ${inWords(answer)}`;

/** Which of the older ways to upload are taken, and whether the one that the package uses is. */
export async function forms(divar: Divar): Promise<Finding[]> {
  const usual = await divar.upload(type, file);
  const basic = await divar.upload(type, file, { authScheme: "Basic" });
  const binary = await divar.upload(type, file, { encoding: "binary" });
  const both = await divar.upload(type, file, { authScheme: "Basic", encoding: "binary" });
  const older: [Answer, UploadForm][] = [
    [basic, { authScheme: "Basic" }],
    [binary, { encoding: "binary" }],
    [both, { authScheme: "Basic", encoding: "binary" }],
  ];
  const options = isTaken(usual) ? undefined : older.find(([answer]) => isTaken(answer))?.[1];
  const first: Finding = {
    question: "Bearer and a form",
    expected: "taken",
    found: verdict(usual),
    agrees: isTaken(usual),
    ...(options && { options }),
  };
  const names = ["Basic and a form", "Bearer and the bare bytes", "Basic and the bare bytes"];
  const rest = older.map(([answer], index) => ({
    question: names[index] ?? "",
    expected: "in an old sample",
    found: verdict(answer),
    agrees: true,
  }));
  return [first, ...rest];
}

/** Whether each format is taken; `more` are files of the caller's. */
export async function formats(
  divar: Divar,
  form: UploadForm,
  more: readonly Sample[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const sample of [...samples, ...more]) {
    const answer = await divar.upload(sample.type, sample.file, form);
    findings.push({
      question: `${sample.format} as ${sample.type}`,
      expected: "taken",
      found: verdict(answer),
      agrees: isTaken(answer),
    });
  }
  return findings;
}

/** How the upload host says no. */
export async function refusals(divar: Divar, form: UploadForm): Promise<Finding[]> {
  const text = new File(["no picture"], "probe.txt", { type: "text/plain" });
  const cases: [string, string, number[], () => Promise<Answer>][] = [
    [
      "an unknown token",
      "HTTP 401",
      [401],
      () => divar.upload(type, file, { ...form, token: "none" }),
    ],
    [
      "a text file as image",
      "HTTP 400 or 415",
      [400, 415],
      () => divar.upload("image", text, form),
    ],
    ["an unknown media type", "HTTP 404", [404], () => divar.upload("nothing", file, form)],
  ];
  const findings: Finding[] = [];
  for (const [what, expected, statuses, upload] of cases) {
    const answer = await upload();
    const agrees = answer.status !== undefined && statuses.includes(answer.status);
    findings.push({ question: `The answer to ${what}`, expected, found: inWords(answer), agrees });
  }
  return findings;
}
