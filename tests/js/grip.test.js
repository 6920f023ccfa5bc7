import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Grip } from "../../client/grip.js";
import { Taps, DOUBLE_MS } from "../../client/taps.js";
import { MotionQueue } from "../../client/motion.js";

function hand() {
  const sent = [];
  const said = [];
  return { sent, said, grip: new Grip((message) => sent.push(message), (text) => said.push(text)) };
}

test("a hand closes, follows and opens", () => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const { sent, grip } = hand();
  const answers = [];
  grip.close("force", [0.1, 0.2], (held) => answers.push(held));
  const number = sent[0].grip;
  assert.deepEqual(sent[0], { type: "perturb_start", grip: number, mode: "force", x: 0.1, y: 0.2 });
  grip.heard({ type: "grip", grip: number + 1, body: "other", why: "" });
  assert.deepEqual(answers, []);
  grip.heard({ type: "grip", grip: number, body: "ball", why: "" });
  assert.deepEqual(answers, [true]);
  assert.deepEqual(sent.at(-1), { type: "perturb_move", grip: number, x: 0.1, y: 0.2 }, "the newest place, for sure");
  grip.move([0.3, 0.4], true);
  assert.deepEqual(sent.at(-1), { type: "perturb_move", grip: number, x: 0.3, y: 0.4, plane: "horizontal" });
  const before = sent.length;
  mock.timers.tick(1300);
  assert.equal(sent.length, before + 3, "it says that it is still there");
  grip.open();
  assert.deepEqual(sent.at(-1), { type: "perturb_end" });
  const after = sent.length;
  mock.timers.tick(5000);
  grip.move([0, 0], false);
  grip.open();
  assert.equal(sent.length, after);
  mock.timers.reset();
});

test("a hand that finds nothing says why only when there is a reason, and opens", () => {
  const { sent, said, grip } = hand();
  grip.close("drag", [0, 0]);
  grip.heard({ type: "grip", grip: sent[0].grip, body: null, why: "there is nothing to hold under the pointer" });
  assert.deepEqual(said, []);
  assert.equal(grip.state, "idle");
  grip.close("force", [0, 0]);
  grip.heard({ type: "grip", grip: sent.at(-1).grip, body: null, why: "somebody else holds a body just now" });
  assert.deepEqual(said, ["Somebody else holds a body just now."]);
});

test("no answer within a second is no", () => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const { grip } = hand();
  const answers = [];
  grip.close("drag", [0, 0], (held) => answers.push(held));
  mock.timers.tick(1100);
  assert.deepEqual(answers, [false]);
  assert.equal(grip.state, "idle");
  mock.timers.reset();
});

test("where the hand is counts, not how it came there", () => {
  const queue = new MotionQueue();
  queue.push({ type: "perturb_move", grip: 1, x: 0.1, y: 0 });
  queue.push({ type: "perturb_move", grip: 1, x: 0.2, y: 0.5 });
  assert.deepEqual(queue.take(0), [{ type: "perturb_move", grip: 1, x: 0.2, y: 0.5 }]);
});

test("two taps are a double one when they are near in time, place and button", () => {
  const taps = new Taps();
  assert.equal(taps.tapped(0, 10, 10, 0), false);
  assert.equal(taps.tapped(200, 12, 11, 0), true);
  assert.equal(taps.tapped(300, 12, 11, 0), false, "a third begins anew");
  assert.equal(taps.tapped(300 + DOUBLE_MS + 1, 12, 11, 0), false);
  assert.equal(taps.tapped(800, 80, 11, 0), false);
  assert.equal(taps.tapped(900, 80, 11, 2), false);
});
