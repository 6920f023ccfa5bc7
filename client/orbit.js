/** Pointers and wheel on the picture become camera messages. One finger or the left button turns, two fingers or the
 * right button move (Shift: along the floor), wheel, pinch or the middle button zoom towards the pointer.
 */

import { orbitBy, panBy, pinch, zoomByDrag, zoomByWheel } from "./gestures.js";
import { pictureBox, toPicture } from "./letterbox.js";

const MOST_FINGERS = 2;

/**
 * @typedef {object} Hands
 * @property {(message: import("./messages.js").CameraInput) => void} send
 * @property {() => [number, number]} pictureSize  px; zeros before the first picture
 * @property {() => boolean} wheelReversed
 */

/**
 * @param {HTMLElement} target  the element that the letterboxed picture fills
 * @param {Hands} hands
 * @returns {() => void} detaches every listener
 */
export function attachHands(target, hands) {
  const listeners = new AbortController();
  const { signal } = listeners;
  /** @type {Map<number, {x: number, y: number, button: number}>} */
  const down = new Map();
  const box = () => pictureBox(target.getBoundingClientRect(), ...hands.pictureSize());
  const at = (/** @type {number} */ x, /** @type {number} */ y) => toPicture(box(), x, y);

  target.addEventListener(
    "pointerdown",
    (event) => {
      if (event.target !== target && event.target instanceof Element && event.target.closest("button, a, input")) return;
      if (down.size >= MOST_FINGERS || (event.pointerType === "mouse" && event.button > 2)) return;
      target.focus({ preventScroll: true });
      target.setPointerCapture(event.pointerId);
      down.set(event.pointerId, { x: event.clientX, y: event.clientY, button: event.button });
      if (event.button === 1) event.preventDefault(); // no auto-scroll
    },
    { signal },
  );

  const move = (/** @type {PointerEvent} */ event) => {
    const pointer = down.get(event.pointerId);
    if (!pointer) return;
    const from = { ...pointer };
    pointer.x = event.clientX;
    pointer.y = event.clientY;
    const [dx, dy] = [pointer.x - from.x, pointer.y - from.y];
    if (dx === 0 && dy === 0) return;
    const { height } = box();
    if (down.size === MOST_FINGERS) {
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1] ?? pointer;
      const moved = pinch([from, other], [pointer, other]);
      hands.send(panBy(moved.dx, moved.dy, height, event.shiftKey));
      const [x, y] = at(moved.middle.x, moved.middle.y);
      if (moved.zoom !== 0) hands.send({ type: "zoom", amount: moved.zoom, x, y });
    } else if (pointer.button === 2) {
      hands.send(panBy(dx, dy, height, event.shiftKey));
    } else if (pointer.button === 1) {
      hands.send(zoomByDrag(dy, height, at(pointer.x, pointer.y)));
    } else {
      hands.send(orbitBy(dx, dy, height));
    }
  };
  // `pointermove` waits for the next repaint (up to 16 ms); `pointerrawupdate`, where there is one, does not.
  const moves = "onpointerrawupdate" in target ? "pointerrawupdate" : "pointermove";
  target.addEventListener(moves, (event) => move(/** @type {PointerEvent} */ (event)), { signal });

  const up = (/** @type {PointerEvent} */ event) => void down.delete(event.pointerId);
  target.addEventListener("pointerup", up, { signal });
  target.addEventListener("pointercancel", up, { signal });
  target.addEventListener("lostpointercapture", up, { signal });
  target.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
  target.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      hands.send(zoomByWheel(event, at(event.clientX, event.clientY), hands.wheelReversed()));
    },
    { signal, passive: false },
  );
  return () => listeners.abort();
}
