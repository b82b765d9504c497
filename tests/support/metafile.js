// What esbuild's metafile says of a bundle.

/**
 * The outputs that a browser loads at once with one of them: its static imports, and its style sheet. What it
 * loads later, by `import()`, is not among them.
 *
 * @param {import("esbuild").Metafile["outputs"]} outputs
 * @param {string} path
 * @returns {Set<string>} their paths
 */
export function loadedAtOnce(outputs, path, found = new Set()) {
  if (found.has(path) || !(path in outputs)) return found;
  found.add(path);
  const { imports, cssBundle } = outputs[path];
  if (cssBundle) found.add(cssBundle);
  for (const { path, kind } of imports) {
    if (kind === "import-statement") loadedAtOnce(outputs, path, found);
  }
  return found;
}
