/** How long to wait before the next try: half a second, doubling to eight, with jitter so that a class does not return
 * as one wave after the server restarts. Pure: the caller owns the timer.
 */

export const FIRST_S = 0.5;
export const LONGEST_S = 8;

export class Backoff {
  #failures = 0;
  #random;

  /** @param {() => number} random  0..1, for the jitter of ±20 % */
  constructor(random = Math.random) {
    this.#random = random;
  }

  /** Tries that failed since the last success. */
  get failures() {
    return this.#failures;
  }

  /** @returns {number} seconds until the next try; counts a failure */
  next() {
    const base = Math.min(LONGEST_S, FIRST_S * 2 ** Math.min(this.#failures, 16));
    this.#failures += 1;
    return base * (0.8 + 0.4 * this.#random());
  }

  /** It worked: begin small again. */
  reset() {
    this.#failures = 0;
  }
}
