// One test file, and so one process: there is one emulator and one conversation, and tests in several
// processes would meet each other there.

// One after the other: what runs before each test must be known before the first test is.
for (const subject of [
  "setup",
  "send",
  "ways",
  "voice",
  "many",
  "changes",
  "convert",
  "refuse",
  "failure",
  "offline",
  "persist",
  "conversation",
  "developer",
  "language",
  "access",
  "delivery",
  "secret",
  "edge",
  "firefox/sending",
  "firefox/faults",
  "firefox/looking",
  "old",
]) {
  await import(`./${subject}.js`);
}
