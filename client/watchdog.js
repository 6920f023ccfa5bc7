/** What to do when the picture stands still while it should move: first ask for a picture that decodes on its own, then
 * for a new connection. Pure; it remembers what it asked, so that nobody is flooded.
 */

const ASK_IDR_AFTER_S = 2;
const RENEW_AFTER_S = 4;

export class Watchdog {
  #idrAskedAt = -Infinity;
  #renewedAt = -Infinity;

  /**
   * @param {number} now  s
   * @param {number} since  s without a new picture
   * @returns {"request_idr" | "renew" | null}
   */
  act(now, since) {
    if (since > RENEW_AFTER_S && now - this.#renewedAt > 2 * RENEW_AFTER_S) {
      this.#renewedAt = now;
      return "renew";
    }
    if (since > ASK_IDR_AFTER_S && now - this.#idrAskedAt > ASK_IDR_AFTER_S) {
      this.#idrAskedAt = now;
      return "request_idr";
    }
    return null;
  }
}
