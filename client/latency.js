/** How old the shown picture is, measured and never guessed.
 *
 * The server stamps a picture with its own monotonic clock when it is captured, and the stamp travels as the RTP
 * timestamp (90 kHz, 32 bits, so it comes round every 13 h 15 min). `ping`/`pong` tell how that clock stands to
 * `performance.now()`. Pure: times come in as arguments, in seconds unless a name says ms.
 */

/** Seconds after which RTP timestamps of the video clock repeat. */
export const RTP_PERIOD_S = 2 ** 32 / 90_000;
const CLOCK_SAMPLES = 20;
const WINDOW_S = 2;
const INPUTS_KEPT = 256;
const PICTURES_KEPT = 240;
const STAMP_TOLERANCE_S = 0.0005;

/** `a - b` on a clock that comes round, in -period/2..period/2.
 * @param {number} a
 * @param {number} b
 */
export function wrappedDifference(a, b, period = RTP_PERIOD_S) {
  const rest = (((a - b) % period) + period) % period;
  return rest > period / 2 ? rest - period : rest;
}

/** Capture time of a picture, on the server's clock modulo `RTP_PERIOD_S`.
 * @param {number} rtpTimestamp  uint32
 * @param {number} rtpOrigin  from `stream_info`
 */
export function captureTime(rtpTimestamp, rtpOrigin) {
  return ((rtpTimestamp - rtpOrigin) >>> 0) / 90_000;
}

/** Offset of the server's clock, from the exchange with the shortest way there and back among the last twenty. */
export class ServerClock {
  /** @type {{rtt: number, offset: number}[]} */
  #samples = [];

  /**
   * @param {number} sent  local clock
   * @param {number} got  local clock
   * @param {number} server  the server's clock when it answered
   */
  add(sent, got, server) {
    if (!(got >= sent)) return;
    this.#samples.push({ rtt: got - sent, offset: server - (sent + got) / 2 });
    if (this.#samples.length > CLOCK_SAMPLES) this.#samples.shift();
  }

  /** Server time minus local time; null before the first answer. */
  get offset() {
    return this.#best()?.offset ?? null;
  }

  /** Shortest way there and back. */
  get rtt() {
    return this.#best()?.rtt ?? null;
  }

  /** The server restarted, or another one answers. */
  reset() {
    this.#samples = [];
  }

  #best() {
    return this.#samples.reduce(
      (best, sample) => (best === null || sample.rtt < best.rtt ? sample : best),
      /** @type {{rtt: number, offset: number} | null} */ (null),
    );
  }
}

/** Values of the last two seconds, with their median and 95th percentile. */
export class Window {
  /** @type {{at: number, value: number}[]} */
  #values = [];
  #span;
  #most;

  constructor(span = WINDOW_S, most = 512) {
    this.#span = span;
    this.#most = most;
  }

  /**
   * @param {number} at
   * @param {number} value
   */
  add(at, value) {
    this.#values.push({ at, value });
    if (this.#values.length > this.#most) this.#values.shift();
  }

  /** @param {number} now */
  summary(now) {
    this.#values = this.#values.filter(({ at }) => now - at <= this.#span);
    if (this.#values.length === 0) return null;
    const sorted = this.#values.map(({ value }) => value).sort((a, b) => a - b);
    const at = (/** @type {number} */ share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    return { median: at(0.5), p95: at(0.95), count: sorted.length };
  }
}

/** Seconds from sending an input to the first shown picture that has it. */
export class HandToEye {
  /** @type {Map<number, number>} */
  #sent = new Map();
  /** @type {{captured: number, shown: number}[]} */
  #pictures = [];
  /** @type {{sent: number, captured: number}[]} */
  #waiting = [];

  /**
   * @param {number} seq
   * @param {number} now  local clock
   */
  sent(seq, now) {
    this.#sent.set(seq, now);
    if (this.#sent.size > INPUTS_KEPT) this.#sent.delete(/** @type {number} */ (this.#sent.keys().next().value));
  }

  /** The server says that input `seq` is in the picture captured at `captured` and in later ones.
   * @param {number} seq
   * @param {number} captured  the server's clock
   * @returns {number[]} delays known now
   */
  applied(seq, captured) {
    const sent = this.#sent.get(seq);
    if (sent === undefined) return [];
    this.#sent.delete(seq);
    const has = this.#pictures.find((picture) => shows(picture.captured, captured));
    if (has) return has.shown >= sent ? [has.shown - sent] : [];
    this.#waiting.push({ sent, captured });
    if (this.#waiting.length > INPUTS_KEPT) this.#waiting.shift();
    return [];
  }

  /**
   * @param {number} captured  the server's clock, modulo `RTP_PERIOD_S`
   * @param {number} shown  local clock
   * @returns {number[]} delays known now
   */
  shown(captured, shown) {
    this.#pictures.push({ captured, shown });
    if (this.#pictures.length > PICTURES_KEPT) this.#pictures.shift();
    const done = this.#waiting.filter((input) => shows(captured, input.captured));
    this.#waiting = this.#waiting.filter((input) => !shows(captured, input.captured));
    return done.map((input) => shown - input.sent);
  }
}

/**
 * @param {number} picture
 * @param {number} wanted
 */
function shows(picture, wanted) {
  return wrappedDifference(picture, wanted) >= -STAMP_TOLERANCE_S;
}
