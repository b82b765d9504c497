// The line in which pictures wait.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Turns } from "../../pkg/prepare/turns.js";

const worker = () => ({
  ended: false,
  end() {
    this.ended = true;
  },
});

test("who leaves something leaves it to the first in line", async () => {
  const turns = new Turns(1);
  await turns.take();
  const [second, third] = [turns.take(), turns.take()];
  const left = worker();
  turns.give(left);
  assert.equal(await second, left);
  turns.give(left);
  assert.equal(await third, left);
  assert.equal(left.ended, false);
  turns.give(left);
  assert.equal(left.ended, true);
});

test("who gives up is no longer in line", async () => {
  const turns = new Turns(1);
  await turns.take();
  const controller = new AbortController();
  const second = turns.take(controller.signal);
  const third = turns.take();
  controller.abort("enough");
  await assert.rejects(second, (reason) => reason === "enough");
  turns.give();
  await third;
});

test("a turn that is given to one who gives up in the same moment goes to the next", async () => {
  const turns = new Turns(1);
  await turns.take();
  const controller = new AbortController();
  const second = turns.take(controller.signal);
  const third = turns.take();
  const left = worker();
  turns.give(left);
  controller.abort("enough");
  await assert.rejects(second, (reason) => reason === "enough");
  assert.equal(await third, left);
});
