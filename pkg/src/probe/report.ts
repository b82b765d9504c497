import type { Finding, OptionsToSet } from "./finding.js";

/** What an issue needs to know. It has no secrets: findings hold none. */
export interface Report {
  package: string;
  at: string;
  openApiUrl: string;
  chatUrl: string;
  findings: readonly Finding[];
  options: OptionsToSet;
}

/** The options that all findings together call for. */
export function optionsOf(findings: readonly Finding[]): OptionsToSet {
  const options: OptionsToSet = {};
  const maxBytes: Record<string, number> = {};
  for (const finding of findings) {
    Object.assign(options, finding.options);
    Object.assign(maxBytes, finding.options?.maxBytes);
  }
  return Object.keys(maxBytes).length > 0 ? { ...options, maxBytes } : options;
}

/** The findings as a table for a terminal. */
export function table(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ question }) => question.length));
  const lines = findings.map(({ question, expected, found, agrees }) => {
    const indent = " ".repeat(width + 4);
    return `${agrees ? "✓" : "✗"} ${question.padEnd(width)}  ${found}\n${indent}expected: ${expected}`;
  });
  return lines.join("\n");
}
