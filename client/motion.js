/** Merges pointer motion: at most sixty messages a second, none lost, the last one always sent. `MotionQueue` decides and
 * is pure (`now` in ms); `MotionSender` owns the clock and the numbers.
 */

import { clamp } from "./letterbox.js";

/** @typedef {import("./messages.js").Orbit | import("./messages.js").Pan | import("./messages.js").Zoom
 *   | import("./messages.js").PerturbMove} Motion */

/** What rides the data channel. */
export const MOTION_TYPES = ["orbit", "pan", "zoom", "perturb_move"];

export const SHORTEST_GAP_MS = 1000 / 60;

/** The two as one, or null when they differ in kind.
 * @param {Motion} a
 * @param {Motion} b
 * @returns {Motion | null}
 */
export function merge(a, b) {
  if (a.type === "orbit" && b.type === "orbit") {
    return {
      ...a,
      d_azimuth: clamp(a.d_azimuth + b.d_azimuth, -360, 360),
      d_elevation: clamp(a.d_elevation + b.d_elevation, -180, 180),
    };
  }
  if (a.type === "pan" && b.type === "pan" && a.plane === b.plane) {
    return { ...a, dx: clamp(a.dx + b.dx, -10, 10), dy: clamp(a.dy + b.dy, -10, 10) };
  }
  if (a.type === "zoom" && b.type === "zoom") {
    return { ...b, amount: clamp(a.amount + b.amount, -5, 5) };
  }
  if (a.type === "perturb_move" && b.type === "perturb_move") return b; // where the hand is, not how far it went
  return null;
}

export class MotionQueue {
  /** @type {Motion[]} */
  #waiting = [];
  #lastSent = -Infinity;

  /** @param {Motion} motion */
  push(motion) {
    for (let i = 0; i < this.#waiting.length; i += 1) {
      const merged = merge(this.#waiting[i], motion);
      if (merged) {
        this.#waiting[i] = merged;
        return;
      }
    }
    this.#waiting.push(motion);
  }

  /** Milliseconds until `take` gives something; null when nothing waits.
   * @param {number} now
   */
  dueIn(now) {
    return this.#waiting.length === 0 ? null : Math.max(0, this.#lastSent + SHORTEST_GAP_MS - now);
  }

  /** What may go out now: everything that waits, at most one message of a kind.
   * @param {number} now
   * @returns {Motion[]}
   */
  take(now) {
    const due = this.dueIn(now);
    if (due === null || due > 0) return [];
    this.#lastSent = now;
    return this.#waiting.splice(0);
  }
}

export class MotionSender {
  #queue = new MotionQueue();
  #seq = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #transmit;

  /** @param {(message: Motion & {seq: number}, now: number) => void} transmit */
  constructor(transmit) {
    this.#transmit = transmit;
  }

  /** @param {Motion} motion */
  push(motion) {
    this.#queue.push(motion);
    this.#flush();
  }

  /** The next number, for an input that goes out by itself. */
  number() {
    this.#seq = (this.#seq + 1) >>> 0;
    return this.#seq;
  }

  /** Forget what waits. */
  stop() {
    clearTimeout(this.#timer);
    this.#queue = new MotionQueue();
  }

  #flush() {
    const now = performance.now();
    for (const motion of this.#queue.take(now)) {
      this.#transmit({ ...motion, seq: this.number() }, now);
    }
    clearTimeout(this.#timer);
    const wait = this.#queue.dueIn(now);
    if (wait !== null) this.#timer = setTimeout(() => this.#flush(), wait);
  }
}
