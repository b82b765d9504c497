/** The turn of the future that the module works at, while it does. */
let turn;

/** Runs one of the module's futures: a turn at once, and one after each thing that it waited for. */
export const drive = (future) =>
  new Promise((resolve, reject) => {
    let over = false;
    const settle = (settler, value) => {
      over = true;
      future.free();
      settler(value);
    };
    const next = () => {
      if (over) return;
      turn = next;
      try {
        const value = future.turn();
        if (value !== undefined) settle(resolve, value);
      } catch (error) {
        settle(reject, error);
      }
    };
    queueMicrotask(next);
  });

/** What a promise comes to: `state` is 0 until then, 1 where it was kept, 2 where it was broken. */
export const watch = (promise) => {
  const wake = turn;
  const seen = { state: 0 };
  const settle = (state) => (value) => {
    Object.assign(seen, { state, value });
    wake();
  };
  Promise.resolve(promise).then(settle(1), settle(2));
  return seen;
};
