import assert from "node:assert/strict";
import { test } from "node:test";
import { orbitBy, panBy, pinch, zoomByDrag, zoomByWheel } from "../../client/gestures.js";
import { pictureBox, toPicture } from "../../client/letterbox.js";
import { MotionQueue, SHORTEST_GAP_MS, merge } from "../../client/motion.js";

const FULL = { left: 0, top: 0, width: 1000, height: 1000 };

test("a wide picture leaves bars above and below", () => {
  assert.deepEqual(pictureBox(FULL, 1600, 900), { left: 0, top: 218.75, width: 1000, height: 562.5 });
});

test("a tall picture leaves bars at the sides", () => {
  assert.deepEqual(pictureBox({ left: 10, top: 20, width: 1000, height: 500 }, 100, 100), {
    left: 260,
    top: 20,
    width: 500,
    height: 500,
  });
});

test("before the first picture the whole element counts", () => {
  assert.deepEqual(pictureBox(FULL, 0, 0), FULL);
});

test("points are -1..1 in the picture, upwards, and clamped in the bars", () => {
  const box = pictureBox(FULL, 1600, 900);
  assert.deepEqual(toPicture(box, 500, 500), [0, 0]);
  assert.deepEqual(toPicture(box, 0, 218.75), [-1, 1]);
  assert.deepEqual(toPicture(box, 1000, 990), [1, -1]);
});

test("the height of the picture is half a turn, and the scene follows the hand", () => {
  assert.deepEqual(orbitBy(100, 0, 500), { type: "orbit", d_azimuth: -36, d_elevation: -0 });
  assert.deepEqual(orbitBy(0, 250, 500), { type: "orbit", d_azimuth: -0, d_elevation: -90 });
});

test("a pan is a fraction of the height, positive downwards", () => {
  assert.deepEqual(panBy(50, 100, 500, false), { type: "pan", dx: 0.1, dy: 0.2, plane: "vertical" });
  assert.equal(panBy(1, 1, 500, true).plane, "horizontal");
});

test("one notch is the same in pixels, lines and pages", () => {
  const amounts = [
    [100, 0],
    [3, 1],
    [0.1, 2],
  ].map(([deltaY, deltaMode]) => zoomByWheel({ deltaY, deltaMode, ctrlKey: false }, [0, 0], false).amount);
  for (const amount of amounts) assert.ok(Math.abs(amount + 0.12) < 1e-9, String(amount));
});

test("wheel up comes closer, unless it is reversed; a pinch never is", () => {
  const up = { deltaY: -100, deltaMode: 0, ctrlKey: false };
  assert.ok(zoomByWheel(up, [0, 0], false).amount > 0);
  assert.ok(zoomByWheel(up, [0, 0], true).amount < 0);
  assert.ok(zoomByWheel({ ...up, ctrlKey: true }, [0, 0], true).amount > 0);
});

test("a wheel that runs wild stays in bounds", () => {
  assert.equal(zoomByWheel({ deltaY: -1e9, deltaMode: 2, ctrlKey: false }, [0.5, -0.5], false).amount, 1);
  assert.equal(zoomByDrag(1e9, 500, [0, 0]).amount, 5);
});

test("spreading two fingers comes closer at their middle", () => {
  const moved = pinch(
    [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
    ],
    [
      { x: 0, y: 0 },
      { x: 200, y: 0 },
    ],
  );
  assert.ok(Math.abs(moved.zoom - Math.log(2)) < 1e-9);
  assert.deepEqual([moved.dx, moved.dy, moved.middle], [50, 0, { x: 100, y: 0 }]);
});

test("motion of one kind adds up, and nothing is lost", () => {
  const queue = new MotionQueue();
  assert.equal(queue.dueIn(0), null);
  queue.push({ type: "orbit", d_azimuth: 1, d_elevation: 0 });
  assert.equal(queue.take(0).length, 1);
  for (let i = 0; i < 10; i += 1) queue.push({ type: "orbit", d_azimuth: 1, d_elevation: -1 });
  queue.push({ type: "pan", dx: 0.1, dy: 0, plane: "vertical" });
  queue.push({ type: "zoom", amount: 0.1, x: 0, y: 0 });
  queue.push({ type: "zoom", amount: 0.2, x: 0.5, y: 0.5 });
  assert.deepEqual(queue.take(5), []);
  assert.ok(Math.abs((queue.dueIn(5) ?? 0) - (SHORTEST_GAP_MS - 5)) < 1e-9);
  const sent = queue.take(SHORTEST_GAP_MS);
  assert.deepEqual(sent[0], { type: "orbit", d_azimuth: 10, d_elevation: -10 });
  assert.equal(sent.length, 3);
  assert.equal(sent[2].type === "zoom" && sent[2].x, 0.5);
  assert.equal(queue.dueIn(1000), null);
});

test("at most sixty messages of a kind go out in a second", () => {
  const queue = new MotionQueue();
  let sent = 0;
  for (let now = 0; now < 1000; now += 1) {
    queue.push({ type: "orbit", d_azimuth: 1, d_elevation: 0 });
    sent += queue.take(now).length;
  }
  assert.ok(sent <= 60, String(sent));
});

test("merged motion stays within the bounds of the protocol", () => {
  assert.deepEqual(
    merge({ type: "orbit", d_azimuth: 300, d_elevation: 100 }, { type: "orbit", d_azimuth: 300, d_elevation: 100 }),
    {
      type: "orbit",
      d_azimuth: 360,
      d_elevation: 180,
    },
  );
  assert.equal(
    merge({ type: "pan", dx: 0, dy: 0, plane: "vertical" }, { type: "pan", dx: 0, dy: 0, plane: "horizontal" }),
    null,
  );
});
