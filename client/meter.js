/** Measures what a viewer sees: pictures a second, age of the picture, hand to eye, and what `getStats` counts. */

import { HandToEye, ServerClock, Window, captureTime, wrappedDifference } from "./latency.js";
import { ratesBetween } from "./stats.js";

/**
 * @typedef {object} Metrics
 * @property {number} fpsShown
 * @property {number | null} fpsDecoded
 * @property {number | null} latencyMs  capture to display, median of two seconds; null where the browser cannot tell
 * @property {number | null} latencyP95Ms
 * @property {number | null} handToEyeMs  median of the last ten seconds of inputs
 * @property {number | null} handToEyeP95Ms
 * @property {number | null} rttMs
 * @property {number | null} decodeMs
 * @property {number | null} jitterBufferMs
 * @property {number | null} jitterMs
 * @property {number | null} bitrateBps
 * @property {number | null} lossPercent
 * @property {number | null} packetsLost
 * @property {number | null} framesDropped
 * @property {number | null} freezes
 * @property {number | null} pli
 * @property {number | null} nack
 * @property {number} width
 * @property {number} height
 * @property {string} codec
 * @property {string} transport
 * @property {boolean} relayed
 */

export class Meter {
  clock = new ServerClock();
  #hands = new HandToEye();
  #latency = new Window();
  #handToEye = new Window(10);
  #gaps = new Window(1);
  /** @type {import("./messages.js").StreamInfo | null} */
  #stream = null;
  /** @type {import("./stats.js").Counters | null} */
  #before = null;
  #lastPicture = -Infinity;

  /** @param {import("./messages.js").StreamInfo | null} stream  null when a new connection begins */
  setStream(stream) {
    this.#stream = stream;
    if (stream === null) this.#before = null;
  }

  /** A picture is about to be displayed.
   * @param {number} now  ms
   * @param {import("./picture.js").Metadata} metadata  of `requestVideoFrameCallback`, or the capture time itself
   */
  picture(now, metadata) {
    this.#gaps.add(now / 1000, 1);
    this.#lastPicture = now;
    const { offset } = this.clock;
    const captured = metadata.capturedS ?? this.#captureTime(metadata.rtpTimestamp);
    if (captured === null || offset === null) return;
    const shown = Math.max(now, metadata.expectedDisplayTime ?? now) / 1000;
    this.#latency.add(now / 1000, wrappedDifference(shown + offset, captured));
    for (const delay of this.#hands.shown(captured, shown)) this.#handToEye.add(now / 1000, delay);
  }

  /**
   * @param {number} seq
   * @param {number} now  ms
   */
  inputSent(seq, now) {
    this.#hands.sent(seq, now / 1000);
  }

  /**
   * @param {import("./messages.js").Applied} applied
   * @param {number} now  ms
   */
  inputApplied(applied, now) {
    for (const delay of this.#hands.applied(applied.seq, applied.captured_s)) this.#handToEye.add(now / 1000, delay);
  }

  /** @param {number} now  ms */
  secondsSincePicture(now) {
    return (now - this.#lastPicture) / 1000;
  }

  /** @param {number | undefined} rtpTimestamp */
  #captureTime(rtpTimestamp) {
    if (rtpTimestamp === undefined || this.#stream === null) return null;
    return captureTime(rtpTimestamp, this.#stream.rtp_origin);
  }

  /**
   * @param {number} now  ms
   * @param {import("./stats.js").Counters | null} counters  of the present connection
   * @returns {Metrics}
   */
  sample(now, counters) {
    const rates = counters && this.#before && counters.at > this.#before.at ? ratesBetween(this.#before, counters) : null;
    if (counters) this.#before = counters;
    const latency = this.#latency.summary(now / 1000);
    const hands = this.#handToEye.summary(now / 1000);
    const rttS = counters?.rttS ?? this.clock.rtt;
    return {
      fpsShown: this.#gaps.summary(now / 1000)?.count ?? 0,
      fpsDecoded: rates?.fpsDecoded ?? null,
      latencyMs: milliseconds(latency?.median),
      latencyP95Ms: milliseconds(latency?.p95),
      handToEyeMs: milliseconds(hands?.median),
      handToEyeP95Ms: milliseconds(hands?.p95),
      rttMs: milliseconds(rttS),
      decodeMs: rates?.decodeMs ?? null,
      jitterBufferMs: rates?.jitterBufferMs ?? null,
      jitterMs: milliseconds(counters?.jitterS),
      bitrateBps: rates?.bitrateBps ?? null,
      lossPercent: rates?.lossPercent ?? null,
      packetsLost: counters?.lost ?? null,
      framesDropped: counters?.dropped ?? null,
      freezes: counters?.freezes ?? null,
      pli: counters?.pli ?? null,
      nack: counters?.nack ?? null,
      width: counters?.width ?? 0,
      height: counters?.height ?? 0,
      codec: this.#stream?.codec || counters?.codec || "",
      transport: this.#stream?.transport ?? "WebRTC",
      relayed: counters?.relayed ?? false,
    };
  }
}

/** @param {number | null | undefined} seconds */
function milliseconds(seconds) {
  return seconds === null || seconds === undefined ? null : seconds * 1000;
}

/** What the server is told, within the bounds that it checks.
 * @param {Metrics} metrics
 * @returns {import("./messages.js").ViewerReport}
 */
export function reportOf(metrics) {
  const bound = (/** @type {number | null} */ value, /** @type {number} */ low, /** @type {number} */ high) =>
    value === null || !Number.isFinite(value) ? null : Math.min(high, Math.max(low, value));
  return {
    type: "viewer_report",
    fps_shown: bound(metrics.fpsShown, 0, 1000) ?? 0,
    latency_ms: bound(metrics.latencyMs, -1000, 600_000),
    hand_to_eye_ms: bound(metrics.handToEyeMs, 0, 600_000),
    decode_ms: bound(metrics.decodeMs, 0, 60_000),
    jitter_buffer_ms: bound(metrics.jitterBufferMs, 0, 60_000),
    rtt_ms: bound(metrics.rttMs, 0, 600_000),
    packets_lost: bound(metrics.packetsLost, -(2 ** 31), 2 ** 31),
    frames_dropped: bound(metrics.framesDropped, 0, 2 ** 31),
    freezes: bound(metrics.freezes, 0, 2 ** 31),
  };
}
