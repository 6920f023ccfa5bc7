/** Pointers and wheel on the picture become messages. One finger or the left button turns, two fingers or the right button move
 * (Shift: along the floor), wheel, pinch or the middle button zoom towards the pointer. Two clicks, or a long press, select;
 * with Ctrl, or with "direct drag", the hand takes hold of a body instead.
 */

import { orbitBy, panBy, pinch, zoomByDrag, zoomByWheel } from "./gestures.js";
import { pictureBox, toPicture } from "./letterbox.js";
import { LONG_MS, Taps, hasMoved } from "./taps.js";

const MOST_FINGERS = 2;

/**
 * @typedef {object} Hands
 * @property {(message: import("./messages.js").CameraInput | import("./messages.js").Pick) => void} send
 * @property {() => [number, number]} pictureSize  px; zeros before the first picture
 * @property {() => boolean} wheelReversed
 * @property {() => boolean} directDrag  a drag that starts on a body pulls it
 * @property {import("./grip.js").Grip} grip
 */

/**
 * @typedef {object} Pointer
 * @property {number} x  CSS px, now
 * @property {number} y
 * @property {{x: number, y: number}} start
 * @property {number} button
 * @property {string} type
 * @property {boolean} moved  it is a drag, not a tap
 * @property {"camera" | "asking" | "hand" | "over"} does
 * @property {boolean} follow  Ctrl was held
 */

/**
 * @param {HTMLElement} target  the element that the letterboxed picture fills
 * @param {Hands} hands
 * @returns {() => void} detaches every listener
 */
export function attachHands(target, hands) {
  const listeners = new AbortController();
  const { signal } = listeners;
  /** @type {Map<number, Pointer>} */
  const down = new Map();
  const taps = new Taps();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let longPress;
  const box = () => pictureBox(target.getBoundingClientRect(), ...hands.pictureSize());
  const at = (/** @type {number} */ x, /** @type {number} */ y) => toPicture(box(), x, y);
  /** @param {Pointer} pointer @param {"select" | "centre" | "track"} action */
  const pick = (pointer, action) => {
    const [x, y] = at(pointer.x, pointer.y);
    hands.send({ type: "pick", x, y, action });
  };
  const letGo = () => {
    clearTimeout(longPress);
    hands.grip.open();
    target.classList.remove("holding");
  };

  target.addEventListener(
    "pointerdown",
    (event) => {
      if (event.target !== target && event.target instanceof Element && event.target.closest("button, a, input")) return;
      if (down.size >= MOST_FINGERS || (event.pointerType === "mouse" && event.button > 2)) return;
      if (event.pointerType === "mouse" && down.has(event.pointerId)) return;
      target.focus({ preventScroll: true });
      target.setPointerCapture(event.pointerId);
      const [x, y] = [event.clientX, event.clientY];
      const withCtrl = event.ctrlKey || event.metaKey;
      /** @type {Pointer} */
      const pointer = {
        ...{ x, y, button: event.button, type: event.pointerType, moved: false, follow: withCtrl },
        start: { x, y },
        does: "camera",
      };
      down.set(event.pointerId, pointer);
      if (event.button === 1) event.preventDefault(); // no auto-scroll
      clearTimeout(longPress);
      if (down.size === MOST_FINGERS) {
        letGo();
        for (const one of down.values()) one.does = "camera";
        taps.forget();
      } else if (event.pointerType === "touch") {
        longPress = setTimeout(() => {
          if (pointer.moved || !down.has(event.pointerId)) return;
          pointer.does = "over";
          navigator.vibrate?.(15);
          pick(pointer, "select");
        }, LONG_MS);
      }
    },
    { signal },
  );

  /** A drag has begun: whose is it?
   * @param {Pointer} pointer
   */
  const begin = (pointer) => {
    pointer.moved = true;
    clearTimeout(longPress);
    taps.forget();
    if (down.size !== 1 || pointer.button === 1) return;
    const start = at(pointer.start.x, pointer.start.y);
    if (pointer.follow) {
      pointer.does = "hand";
      target.classList.add("holding");
      hands.grip.close(pointer.button === 2 ? "force" : "torque", start, (held) => held || target.classList.remove("holding"));
    } else if (pointer.button === 0 && hands.directDrag()) {
      pointer.does = "asking";
      hands.grip.close("drag", start, (held) => {
        if (pointer.does !== "asking") return;
        pointer.does = held ? "hand" : "camera";
        target.classList.toggle("holding", held);
        if (held) hands.grip.move(at(pointer.x, pointer.y), false);
        else turn(pointer.x - pointer.start.x, pointer.y - pointer.start.y);
      });
    } else {
      turn(pointer.x - pointer.start.x, pointer.y - pointer.start.y, pointer);
    }
  };
  /** @param {number} dx @param {number} dy */
  const turn = (dx, dy, pointer = /** @type {Pointer | null} */ (null), horizontal = false) => {
    const { height } = box();
    if (pointer?.button === 2) hands.send(panBy(dx, dy, height, horizontal));
    else if (pointer?.button === 1) hands.send(zoomByDrag(dy, height, at(pointer.x, pointer.y)));
    else hands.send(orbitBy(dx, dy, height));
  };

  const move = (/** @type {PointerEvent} */ event) => {
    const pointer = down.get(event.pointerId);
    if (!pointer) return;
    const from = { x: pointer.x, y: pointer.y };
    pointer.x = event.clientX;
    pointer.y = event.clientY;
    const [dx, dy] = [pointer.x - from.x, pointer.y - from.y];
    if (dx === 0 && dy === 0) return;
    if (down.size === MOST_FINGERS) {
      pointer.moved = true;
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1] ?? pointer;
      const moved = pinch([from, other], [pointer, other]);
      hands.send(panBy(moved.dx, moved.dy, box().height, event.shiftKey));
      const [x, y] = at(moved.middle.x, moved.middle.y);
      if (moved.zoom !== 0) hands.send({ type: "zoom", amount: moved.zoom, x, y });
    } else if (pointer.does === "over") {
      return;
    } else if (!pointer.moved) {
      if (hasMoved(pointer.x - pointer.start.x, pointer.y - pointer.start.y, pointer.type)) begin(pointer);
    } else if (pointer.does === "hand") {
      hands.grip.move(at(pointer.x, pointer.y), event.shiftKey);
    } else if (pointer.does === "camera") {
      turn(dx, dy, pointer, event.shiftKey);
    }
  };
  // `pointermove` waits for the next repaint (up to 16 ms); `pointerrawupdate`, where there is one, does not.
  const moves = "onpointerrawupdate" in target ? "pointerrawupdate" : "pointermove";
  target.addEventListener(moves, (event) => move(/** @type {PointerEvent} */ (event)), { signal });

  target.addEventListener(
    "pointerup",
    (event) => {
      const pointer = down.get(event.pointerId);
      const alone = down.size === 1;
      down.delete(event.pointerId);
      if (!pointer) return;
      letGo();
      if (pointer.does === "asking") turn(pointer.x - pointer.start.x, pointer.y - pointer.start.y); // over before the answer
      if (pointer.moved || pointer.does !== "camera" || !alone || pointer.button === 1) return;
      if (!taps.tapped(event.timeStamp, event.clientX, event.clientY, pointer.button)) return;
      if (pointer.button === 2) pick(pointer, pointer.follow ? "track" : "centre");
      else pick(pointer, "select");
    },
    { signal },
  );
  const lost = (/** @type {PointerEvent} */ event) => void (down.delete(event.pointerId) && letGo());
  target.addEventListener("pointercancel", lost, { signal });
  target.addEventListener("lostpointercapture", lost, { signal });
  addEventListener("blur", letGo, { signal });
  document.addEventListener("visibilitychange", () => document.hidden && letGo(), { signal });
  target.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
  target.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      hands.send(zoomByWheel(event, at(event.clientX, event.clientY), hands.wheelReversed()));
    },
    { signal, passive: false },
  );
  return () => {
    letGo();
    listeners.abort();
  };
}
