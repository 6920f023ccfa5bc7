/** Two presses in one place, and one that stays: what a browser tells of the left button alone, for every button and finger.
 * Pure; `now` in ms, lengths in CSS px.
 */

export const DOUBLE_MS = 350;
export const LONG_MS = 500;
export const STILL_PX = 6;
const TOUCH_STILL_PX = 14;

export class Taps {
  /** @type {{at: number, x: number, y: number, button: number} | null} */
  #last = null;

  /** A press began and ended without moving; whether it is the second of two.
   * @param {number} now @param {number} x @param {number} y @param {number} button
   */
  tapped(now, x, y, button) {
    const last = this.#last;
    const second =
      last !== null && last.button === button && now - last.at <= DOUBLE_MS && Math.hypot(x - last.x, y - last.y) <= 2 * STILL_PX + 8;
    this.#last = second ? null : { at: now, x, y, button };
    return second;
  }

  /** Something else happened in between. */
  forget() {
    this.#last = null;
  }
}

/** Whether a pointer has left the place where it went down.
 * @param {number} dx @param {number} dy @param {string} pointerType
 */
export function hasMoved(dx, dy, pointerType) {
  return Math.hypot(dx, dy) > (pointerType === "touch" ? TOUCH_STILL_PX : STILL_PX);
}
