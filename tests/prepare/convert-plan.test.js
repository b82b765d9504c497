// Unit tests of a pure function: no real file has exactly the sizes and rates at its limits.
import assert from "node:assert/strict";
import { test } from "node:test";
import { planVideo, planVoice } from "../../pkg/dist/convert/plan.js";

const VOICE = 1_500_000;
const VIDEO = 50_000_000;
const sound = { channels: 2, sampleRate: 48_000, rate: 320_000 };
const phone = { width: 1920, height: 1080, frameRate: 30, rate: 17_000_000 };

/** Size of a plan's result in bytes. */
const bytesOf = ({ rate, sound }, seconds) => ((rate + (sound?.rate ?? 0)) * seconds) / 8;

test("a short voice note is mono at 64 kbit/s", () => {
  assert.deepEqual(planVoice(sound, 10, VOICE), { channels: 1, rate: 64_000, sampleRate: 48_000 });
});

test("a voice note exceeds neither the bit rate nor the sample rate of its source", () => {
  const source = { channels: 1, sampleRate: 22_050, rate: 24_000 };
  assert.deepEqual(planVoice(source, 10, VOICE), { channels: 1, rate: 24_000, sampleRate: 22_050 });
});

test("a source below the minimum bit rate keeps its own", () => {
  const source = { channels: 1, sampleRate: 8_000, rate: 6_700 };
  assert.deepEqual(planVoice(source, 60, VOICE), { channels: 1, rate: 6_700, sampleRate: 8_000 });
});

test("a voice note fits below the limit with a margin, whatever its length", () => {
  for (let seconds = 1; seconds < 690; seconds += 7) {
    const plan = planVoice(sound, seconds, VOICE);
    assert.ok(bytesOf(plan, seconds) <= VOICE * 0.93, `${seconds} seconds`);
    assert.ok(plan.rate >= 16_000);
  }
});

test("reports how many seconds of a too long voice note fit, and they do", () => {
  const { secondsThatFit } = planVoice(sound, 5_400, VOICE);
  assert.equal(secondsThatFit, 690);
  assert.equal(planVoice(sound, secondsThatFit, VOICE).rate, 16_000);
});

test("a minute of a phone's 1080p becomes 720p", () => {
  const plan = planVideo(phone, sound, 60, VIDEO);
  assert.deepEqual([plan.width, plan.height, plan.sound.channels], [1280, 720, 2]);
  assert.ok(plan.rate > 2_000_000 && plan.rate < 3_000_000, `${plan.rate}`);
});

test("a longer video gets fewer pixels and fits", () => {
  const heights = [60, 300, 600, 900, 1_500].map((seconds) => {
    const plan = planVideo(phone, sound, seconds, VIDEO);
    assert.ok(bytesOf(plan, seconds) <= VIDEO * 0.93, `${seconds} seconds`);
    return plan.height;
  });
  assert.deepEqual(
    heights,
    [...heights].sort((one, other) => other - one),
  );
  assert.equal(heights.at(-1), 240);
});

test("reports how many seconds of a too long video fit, and they do", () => {
  const { secondsThatFit } = planVideo(phone, sound, 7_200, VIDEO);
  assert.ok(secondsThatFit > 1_500 && secondsThatFit < 7_200, `${secondsThatFit}`);
  assert.equal(planVideo(phone, sound, secondsThatFit - 1, VIDEO).height, 240);
  assert.ok("secondsThatFit" in planVideo(phone, sound, secondsThatFit * 1.3, VIDEO));
});

test("does not enlarge a video, and makes its width and height even", () => {
  const source = { width: 271, height: 481, frameRate: 25, rate: 9_000_000 };
  const { width, height } = planVideo(source, undefined, 10, VIDEO);
  assert.deepEqual([width, height], [270, 480]);
});

test("a portrait video keeps its aspect ratio", () => {
  const { width, height } = planVideo({ ...phone, width: 1080, height: 1920 }, sound, 60, VIDEO);
  assert.deepEqual([width, height], [720, 1280]);
});

test("a video below the minimum bit rate keeps its own", () => {
  const source = { ...phone, width: 1280, height: 720, rate: 200_000 };
  const { width, rate, sound: none } = planVideo(source, undefined, 600, VIDEO);
  assert.deepEqual([width, rate, none], [1280, 200_000, undefined]);
});

test("60 frames a second get 1.5 times the bit rate of 30", () => {
  const plan = (frameRate) => planVideo({ ...phone, frameRate }, undefined, 10, VIDEO).rate;
  assert.equal(plan(60), Math.floor(plan(30) * 1.5));
});
