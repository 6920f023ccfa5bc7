import assert from "node:assert/strict";
import { test } from "node:test";
import { cameraMjcf } from "../../client/camera-mjcf.js";

const CAMERA = {
  ...{ mode: "free", target: null, lookat: [0, 0, 0], distance: 2, azimuth: 90, elevation: 0, fov_deg: 45, orthographic: false },
  ...{ pos: [0, -2, 1e-9], xyaxes: [1, 0, 0, 0, -0, 1] },
};

test("a camera is copied with its place, its axes and its lens", () => {
  assert.equal(cameraMjcf(CAMERA), '<camera pos="0 -2 0" xyaxes="1 0 0 0 0 1" fovy="45"/>');
});

test("an orthographic one says how high the picture is", () => {
  const text = cameraMjcf({ ...CAMERA, orthographic: true });
  assert.equal(text, '<camera pos="0 -2 0" xyaxes="1 0 0 0 0 1" projection="orthographic" fovy="1.6569"/>');
  const own = cameraMjcf({ ...CAMERA, orthographic: true, mode: "fixed", fov_deg: 3 });
  assert.equal(own, '<camera pos="0 -2 0" xyaxes="1 0 0 0 0 1" projection="orthographic" fovy="3"/>');
});
