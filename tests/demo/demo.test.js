// A single test file, so that a single process uses the one emulator and its one conversation.

// Imported in order: setup.js registers `beforeEach` before the first test is defined.
for (const subject of [
  "setup",
  "send",
  "drop-paste-camera",
  "voice",
  "several-files",
  "reported-changes",
  "convert",
  "rejected-files",
  "failure",
  "offline",
  "persist",
  "conversation",
  "developer",
  "language",
  "accessibility",
  "delivery",
  "api-key",
  "edge-function",
  "firefox/sending",
  "firefox/faults",
  "firefox/display",
  "chromium-92",
]) {
  await import(`./${subject}.js`);
}
