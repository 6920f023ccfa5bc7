import assert from "node:assert/strict";
import { test } from "node:test";
import { AXES, DEAD_ZONE, autoMapping, axisValues, ctrlShares, isTeleopKey, mappingFrom, withoutDeadZone } from "../../client/teleop.js";

const PAD = { axes: [0, 0, 0, 0], buttons: Array.from({ length: 8 }, () => ({ value: 0 })) };

test("the first actuators get an axis each", () => {
  assert.deepEqual(Object.values(autoMapping(2)).map(({ actuator }) => actuator), [0, 1, -1, -1, -1]);
  assert.deepEqual(Object.values(autoMapping(9)).map(({ actuator }) => actuator), [0, 1, 2, 3, 4]);
});

test("what was kept and does not fit the model is left out", () => {
  const kept = { forward: { actuator: 7, scale: 1 }, side: { actuator: 0, scale: -0.5 }, lift: null, warp: { actuator: 0, scale: 1 }, turn: { actuator: 1, scale: 9 } };
  const mapping = mappingFrom(kept, 2);
  assert.deepEqual(mapping.forward, { actuator: 0, scale: 1 });
  assert.deepEqual(mapping.side, { actuator: 0, scale: -0.5 });
  assert.equal("warp" in mapping, false);
  assert.deepEqual(mapping.turn, autoMapping(2).turn);
  for (const nonsense of [null, 3, "x", []]) assert.deepEqual(mappingFrom(nonsense, 2), autoMapping(2));
});

test("the middle of a stick is nothing, its edge everything, and nothing jumps between", () => {
  assert.equal(withoutDeadZone(DEAD_ZONE), 0);
  assert.equal(withoutDeadZone(-1), -1);
  assert.equal(withoutDeadZone(1.5), 1);
  assert.ok(withoutDeadZone(DEAD_ZONE + 1e-6) < 1e-5);
});

test("keys win over the stick, and both ends together are the middle", () => {
  const pad = { ...PAD, axes: [0, 1, 0, 0] };
  assert.equal(axisValues(new Set(), pad).forward, -1);
  assert.equal(axisValues(new Set(["KeyW"]), pad).forward, 1);
  assert.equal(axisValues(new Set(["KeyW", "KeyS"]), null).forward, 0);
  assert.equal(axisValues(new Set(["ArrowLeft"]), null).turn, -1);
});

test("axes on one actuator add up within its range", () => {
  const mapping = { ...autoMapping(2), side: { actuator: 0, scale: 1 } };
  assert.deepEqual(ctrlShares({ forward: 1, side: 1 }, mapping), [[0, 1]]);
  assert.deepEqual(ctrlShares({ forward: 1, side: -1 }, mapping), [[0, 0]]);
});

test("every key of an axis is teleoperation's, and no other", () => {
  for (const { keys } of AXES) for (const key of keys) assert.ok(isTeleopKey(key));
  for (const key of ["KeyF", "Space", "Digit1", "Tab", "Escape"]) assert.equal(isTeleopKey(key), false);
});
