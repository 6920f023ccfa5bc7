/** Sends where the history slider is dragged to: the newest place, thirty times a second at most, and always the last one. */

const SHORTEST_GAP_MS = 33;

export class Scrub {
  /** @type {number | null} */
  #waiting = null;
  #lastSent = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #send;

  /** @param {(time_s: number) => void} send */
  constructor(send) {
    this.#send = send;
  }

  /** @param {number} time_s */
  to(time_s) {
    this.#waiting = time_s;
    clearTimeout(this.#timer);
    const wait = this.#lastSent + SHORTEST_GAP_MS - performance.now();
    if (wait <= 0) this.#flush();
    else this.#timer = setTimeout(() => this.#flush(), wait);
  }

  #flush() {
    if (this.#waiting === null) return;
    this.#send(this.#waiting);
    this.#waiting = null;
    this.#lastSent = performance.now();
  }
}
