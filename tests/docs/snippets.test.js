// The documents' code, compiled against the built package as a user's project would.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { blocks, documents, read } from "./markdown.js";

/** Ignored by git, and below the workspace's `node_modules`. */
const FOLDER = "target/doc-snippets";

const COMPILER_OPTIONS = {
  strict: true,
  module: "esnext",
  moduleResolution: "bundler",
  moduleDetection: "force",
  allowImportingTsExtensions: true,
  target: "es2022",
  lib: ["es2023", "dom", "dom.iterable"],
  types: ["node"],
  skipLibCheck: true,
  noEmit: true,
};

/** Parameters have no types in JavaScript; everything else is as strict. */
const LANGUAGES = {
  ts: COMPILER_OPTIONS,
  js: { ...COMPILER_OPTIONS, allowJs: true, checkJs: true, noImplicitAny: false },
};

/** Writes a project of all blocks in one language, and gives what the compiler says of it. */
function compile(language, snippets) {
  const folder = join(FOLDER, language);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ["reader.d.ts", "media.ts"])
    cpSync(join("tests/docs", name), join(folder, name));
  for (const { name, code } of snippets) writeFileSync(join(folder, name), code);
  const config = { compilerOptions: LANGUAGES[language], include: ["*"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  try {
    execFileSync("node_modules/.bin/tsc", ["--pretty", "false", "--project", folder], {
      encoding: "utf8",
    });
    return "";
  } catch (error) {
    return error.stdout || String(error);
  }
}

const found = documents().flatMap((path) =>
  blocks(read(path)).map((block) => ({
    ...block,
    name: `${path.replaceAll("/", ".")}.${block.line}.${block.language}`,
  })),
);

for (const language of Object.keys(LANGUAGES)) {
  const snippets = found.filter((block) => block.language === language);

  test(`every ${language} block compiles`, () => {
    assert.ok(snippets.length > 0);
    assert.equal(compile(language, snippets), "");
  });
}

test("a wrong option in a block is found", () => {
  const code =
    'import { sendMedia } from "divar-chat-media";\nsendMedia(file, { endpoint: 1, conversationId });\n';
  assert.match(compile("ts", [{ name: "wrong.ts", code }]), /TS2/);
});
