/** Hands to camera, as `mjv_moveCamera` has it: half a turn for the height of the picture. Pure; lengths in CSS px. */

import { clamp } from "./letterbox.js";

export const ZOOM_PER_NOTCH = 0.12;
const NOTCH_PX = 100;
const LINE_PX = 100 / 3;
const PINCH_PER_PX = 0.01;
const ZOOM_PER_HEIGHT = 3;

/**
 * @param {number} dx
 * @param {number} dy  positive is down
 * @param {number} height  of the shown picture
 * @returns {import("./messages.js").Orbit}
 */
export function orbitBy(dx, dy, height) {
  const degrees = 180 / Math.max(1, height);
  return {
    type: "orbit",
    d_azimuth: clamp(-dx * degrees, -360, 360),
    d_elevation: clamp(-dy * degrees, -180, 180),
  };
}

/**
 * @param {number} dx
 * @param {number} dy
 * @param {number} height
 * @param {boolean} horizontal  in the plane of the floor
 * @returns {import("./messages.js").Pan}
 */
export function panBy(dx, dy, height, horizontal) {
  const scale = 1 / Math.max(1, height);
  return {
    type: "pan",
    dx: clamp(dx * scale, -10, 10),
    dy: clamp(dy * scale, -10, 10),
    plane: horizontal ? "horizontal" : "vertical",
  };
}

/** Middle drag: down comes closer, as in simulate.
 * @param {number} dy
 * @param {number} height
 * @param {[number, number]} at  -1..1
 * @returns {import("./messages.js").Zoom}
 */
export function zoomByDrag(dy, height, at) {
  return { type: "zoom", amount: clamp((dy / Math.max(1, height)) * ZOOM_PER_HEIGHT, -5, 5), x: at[0], y: at[1] };
}

/** A wheel notch is 100 px, 3 lines, or a tenth of a page; a trackpad pinch comes as a wheel with Ctrl.
 * @param {{deltaY: number, deltaMode: number, ctrlKey: boolean}} wheel
 * @param {[number, number]} at  -1..1
 * @param {boolean} reversed  wheel up goes away
 * @returns {import("./messages.js").Zoom}
 */
export function zoomByWheel({ deltaY, deltaMode, ctrlKey }, at, reversed) {
  const px = deltaY * [1, LINE_PX, NOTCH_PX * 10][deltaMode];
  const notched = clamp((-px / NOTCH_PX) * ZOOM_PER_NOTCH, -1, 1);
  const amount = ctrlKey && deltaMode === 0 ? clamp(-px * PINCH_PER_PX, -1, 1) : reversed ? -notched : notched;
  return { type: "zoom", amount, x: at[0], y: at[1] };
}

/** @typedef {{x: number, y: number}} Point */

/** Two fingers: how far their middle moved, and how much they spread.
 * @param {[Point, Point]} before
 * @param {[Point, Point]} after
 * @returns {{dx: number, dy: number, zoom: number, middle: Point}} zoom: `Zoom.amount`
 */
export function pinch(before, after) {
  const middle = (/** @type {[Point, Point]} */ [a, b]) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const spread = (/** @type {[Point, Point]} */ [a, b]) => Math.max(8, Math.hypot(a.x - b.x, a.y - b.y));
  const [from, to] = [middle(before), middle(after)];
  return { dx: to.x - from.x, dy: to.y - from.y, zoom: clamp(Math.log(spread(after) / spread(before)), -5, 5), middle: to };
}
