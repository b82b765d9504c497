// One test file, and so one process: there is one emulator and one conversation, and tests in several
// processes would meet each other there.

// One after the other: what runs before each test must be known before the first test is.
for (const subject of ["setup", "send", "type", "refuse", "failure", "secret", "edge"]) {
  await import(`./${subject}.js`);
}
