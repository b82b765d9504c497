/**
 * Calls a callback of the caller's. What it throws or rejects with is ignored: a defect there must
 * neither stop the work nor end the process as an unhandled rejection.
 */
export function notify<Arguments extends unknown[]>(
  callback: ((...args: Arguments) => unknown) | undefined,
  ...args: Arguments
): void {
  const call = async () => callback?.(...args);
  call().catch(() => {});
}
