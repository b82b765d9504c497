// The semaphore that pictures wait for. What happens in the same moment cannot be arranged at the public
// surface.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Semaphore } from "../../pkg/dist/prepare/semaphore.js";

const worker = () => ({
  isTerminated: false,
  terminate() {
    this.isTerminated = true;
  },
});

test("a released resource goes to the first waiter", async () => {
  const semaphore = new Semaphore(1);
  await semaphore.acquire();
  const [second, third] = [semaphore.acquire(), semaphore.acquire()];
  const held = worker();
  semaphore.release(held);
  assert.equal(await second, held);
  semaphore.release(held);
  assert.equal(await third, held);
  assert.equal(held.isTerminated, false);
  semaphore.release(held);
  assert.equal(held.isTerminated, true);
});

test("an aborted waiter is skipped", async () => {
  const semaphore = new Semaphore(1);
  await semaphore.acquire();
  const controller = new AbortController();
  const second = semaphore.acquire(controller.signal);
  const third = semaphore.acquire();
  controller.abort("enough");
  await assert.rejects(second, (reason) => reason === "enough");
  semaphore.release();
  await third;
});

test("a permit granted in the moment of an abort goes to the next waiter", async () => {
  const semaphore = new Semaphore(1);
  await semaphore.acquire();
  const controller = new AbortController();
  const second = semaphore.acquire(controller.signal);
  const third = semaphore.acquire();
  const held = worker();
  semaphore.release(held);
  controller.abort("enough");
  await assert.rejects(second, (reason) => reason === "enough");
  assert.equal(await third, held);
});
