import assert from "node:assert/strict";
import { test } from "node:test";
import { Asked, Driving } from "../../client/driving.js";

const FREE = { mode: "free", target: null };

function driven(standing = {}, cameras = ["side", ""]) {
  const told = { simulation: { state: "running", speed: 1 }, camera: FREE, selection: null, ...standing };
  const sent = [];
  let now = 0;
  const driving = new Driving((message) => sent.push(message), () => told, () => cameras, () => now);
  return { driving, sent, told, wait: (ms) => (now += ms) };
}

test("a request counts until the server says the same, or for a second", () => {
  const speed = new Asked();
  assert.equal(speed.of(1, 0), 1);
  speed.ask(2, 0);
  assert.equal(speed.of(1, 999), 2);
  assert.equal(speed.of(2, 999), 2);
  assert.equal(speed.of(1, 999), 1, "what was confirmed and then changed by somebody else is theirs");
  speed.ask(4, 1000);
  assert.equal(speed.of(1, 2000), 1, "a request that nothing came of is forgotten");
});

test("two quick presses of Esc free the camera and select nothing", () => {
  const { driving, sent } = driven({ camera: { mode: "tracking", target: "hip" }, selection: { body: "hip" } });
  driving.escape();
  driving.escape();
  assert.deepEqual(sent, [{ type: "set_camera", mode: "free" }, { type: "select", body: null }]);
});

test("two quick presses of Space pause and play again", () => {
  const { driving, sent, told, wait } = driven();
  driving.togglePlay();
  driving.togglePlay();
  assert.deepEqual(sent.map(({ type }) => type), ["pause", "play"]);
  wait(1000);
  told.simulation = { state: "paused", speed: 1 };
  driving.togglePlay();
  assert.equal(sent.at(-1).type, "play");
});

test("quick presses of + and ] go on from where the last one led", () => {
  const { driving, sent } = driven();
  driving.changeSpeed(1);
  driving.changeSpeed(1);
  driving.changeSpeed(1); // 4 is the most
  driving.changeSpeed(-1);
  assert.deepEqual(sent.map(({ factor }) => factor), [2, 4, 2]);
  for (let press = 0; press < 3; press += 1) driving.cycleCamera(1);
  driving.cycleCamera(-1);
  assert.deepEqual(
    sent.slice(3).map(({ mode, target }) => target ?? mode),
    ["side", "#1", "free", "#1"],
  );
});
