/** Runs one of the module's tasks: it says what is to be done, waits for that, and says what is next. */
export const drive = async (task, work) => {
  try {
    let outcome = await undefined;
    for (let effect = task.next(outcome); effect; effect = task.next(outcome)) {
      outcome = await effect;
    }
    return work.result;
  } finally {
    task.free();
  }
};
