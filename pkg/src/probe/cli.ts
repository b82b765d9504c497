#!/usr/bin/env node
// `npx divar-chat-media probe`: finds out what Divar's documents do not say, from the live service.
import { openAsBlob } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { isDivarError } from "../index.js";
import { inspectMedia } from "../prepare.js";
import { probe } from "./probe.js";
import { optionsOf, type Report, table } from "./report.js";
import type { Sample } from "./samples.js";

const USAGE = `\
DIVAR_API_KEY=… npx divar-chat-media probe [options]

Uploads small files to Divar with your app's key, and prints what was expected and what was found.
Nothing is sent into a chat unless --conversation names one.

  --origin ORIGIN        the origin of your page, for the CORS question  (https://app.example)
  --file FILE            also upload this file; may be repeated
  --large                also upload four videos of 50 MB, to find their limit
  --token-age SECONDS    also try a token of this age
  --conversation ID      also send two media messages into this conversation with the app's chatbot,
                         after you confirm it, or with --yes
  --report FILE          write the findings as JSON, without keys, tokens and ids, for an issue
  --open-api-url URL     (https://open-api.divar.ir)
  --chat-url URL         (https://chat.divar.ir)
`;

/** Prints to standard error and ends with a failure, once everything is written. */
function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}

function read() {
  return parseArgs({
    allowPositionals: true,
    options: {
      help: { type: "boolean", default: false },
      origin: { type: "string", default: "https://app.example" },
      file: { type: "string", multiple: true, default: [] },
      large: { type: "boolean", default: false },
      "token-age": { type: "string" },
      conversation: { type: "string" },
      yes: { type: "boolean", default: false },
      report: { type: "string" },
      "open-api-url": { type: "string", default: "https://open-api.divar.ir" },
      "chat-url": { type: "string", default: "https://chat.divar.ir" },
    },
  });
}

/** The person's own file, as what its content is. */
async function sampleAt(path: string): Promise<Sample> {
  const file = new File([await openAsBlob(path)], basename(path));
  const { mediaType, format } = await inspectMedia(file);
  if (mediaType === undefined) throw new TypeError(`${path}: Divar takes no ${format}`);
  return { type: mediaType, format: basename(path), file };
}

/** Whether the person types the conversation's id again. */
async function confirmed(conversationId: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const question = "Two pictures will be sent into this conversation. Type its id to confirm: ";
    return (await terminal.question(question)).trim() === conversationId;
  } finally {
    terminal.close();
  }
}

async function version(): Promise<string> {
  const manifest = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  return JSON.parse(manifest).version;
}

async function main(): Promise<void> {
  const { values, positionals } = read();
  if (values.help || positionals.length !== 1 || positionals[0] !== "probe") {
    process.stdout.write(USAGE);
    if (!values.help) process.exitCode = 1;
    return;
  }
  const { DIVAR_API_KEY: apiKey } = process.env;
  if (!apiKey) return fail("DIVAR_API_KEY is not set");
  const age = values["token-age"] === undefined ? undefined : Number(values["token-age"]);
  if (age !== undefined && !(age >= 0)) return fail("--token-age is a number of seconds");
  const { conversation } = values;
  if (conversation !== undefined && !values.yes && !(await confirmed(conversation))) {
    return fail("not confirmed: nothing was sent");
  }

  const openApiUrl = values["open-api-url"];
  const chatUrl = values["chat-url"];
  const findings = await probe({
    apiKey,
    openApiUrl,
    chatUrl,
    origin: values.origin,
    large: values.large,
    files: await Promise.all(values.file.map(sampleAt)),
    ...(age !== undefined && { tokenAge: age }),
    ...(conversation !== undefined && { conversationId: conversation }),
    onFinding: ({ question }) => process.stderr.write(`asked: ${question}\n`),
  });
  const options = optionsOf(findings);
  process.stdout.write(`${table(findings)}\n\n`);
  const isDefault = Object.keys(options).length === 0;
  const set = isDefault ? "none: the defaults fit" : JSON.stringify(options, undefined, 2);
  process.stdout.write(`Options to set: ${set}\n`);
  if (values.report !== undefined) {
    const at = new Date().toISOString();
    const report: Report = { package: await version(), at, openApiUrl, chatUrl, findings, options };
    await writeFile(values.report, `${JSON.stringify(report, undefined, 2)}\n`);
  }
}

main().catch((error: unknown) => {
  if (isDivarError(error)) return fail(`${error.code}: ${error.message}`);
  return fail(error instanceof Error ? error.message : String(error));
});
