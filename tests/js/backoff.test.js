import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../../client/backoff.js";

test("waits half a second, doubles, and stops at eight", () => {
  const backoff = new Backoff(() => 0.5);
  const waits = Array.from({ length: 7 }, () => backoff.next());
  assert.deepEqual(waits, [0.5, 1, 2, 4, 8, 8, 8]);
});

test("jitter stays within a fifth", () => {
  for (const random of [0, 0.25, 0.999]) {
    const wait = new Backoff(() => random).next();
    assert.ok(wait >= 0.4 && wait <= 0.6, String(wait));
  }
});

test("begins small again after a success", () => {
  const backoff = new Backoff(() => 0.5);
  for (let i = 0; i < 1000; i += 1) backoff.next();
  assert.equal(backoff.failures, 1000);
  backoff.reset();
  assert.equal(backoff.next(), 0.5);
});
