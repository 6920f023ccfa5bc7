/** What `getStats` says, as rates over the time between two looks. Pure. */

/**
 * @typedef {object} Counters
 * @property {number} at  ms
 * @property {number} bytes
 * @property {number} decoded
 * @property {number} dropped
 * @property {number | null} freezes
 * @property {number} received  packets
 * @property {number | null} lost  packets; may shrink when a late one comes; null where nothing can be lost
 * @property {number} decodeS
 * @property {number} bufferS
 * @property {number} emitted  pictures that left the jitter buffer
 * @property {number | null} pli
 * @property {number | null} nack
 * @property {number | null} jitterS
 * @property {number | null} rttS
 * @property {number} width
 * @property {number} height
 * @property {string} codec
 * @property {boolean} relayed
 */

/**
 * @typedef {object} Rates
 * @property {number} fpsDecoded
 * @property {number} bitrateBps
 * @property {number | null} decodeMs
 * @property {number | null} jitterBufferMs
 * @property {number | null} lossPercent
 */

/** @param {Iterable<[string, any]>} report  an `RTCStatsReport`
 * @returns {Counters | null} null before the first packet
 */
export function countersOf(report) {
  const byId = new Map(report);
  const all = [...byId.values()];
  const video = all.find((entry) => entry.type === "inbound-rtp" && entry.kind === "video");
  if (!video) return null;
  const transport = all.find((entry) => entry.type === "transport");
  const pair =
    byId.get(transport?.selectedCandidatePairId) ?? all.find((entry) => entry.type === "candidate-pair" && entry.nominated);
  const local = byId.get(pair?.localCandidateId);
  const codec = byId.get(video.codecId);
  return {
    at: video.timestamp,
    bytes: video.bytesReceived ?? 0,
    decoded: video.framesDecoded ?? 0,
    dropped: video.framesDropped ?? 0,
    freezes: video.freezeCount ?? 0,
    received: video.packetsReceived ?? 0,
    lost: video.packetsLost ?? 0,
    decodeS: video.totalDecodeTime ?? 0,
    bufferS: video.jitterBufferDelay ?? 0,
    emitted: video.jitterBufferEmittedCount ?? 0,
    pli: video.pliCount ?? 0,
    nack: video.nackCount ?? 0,
    jitterS: video.jitter ?? null,
    rttS: pair?.currentRoundTripTime ?? null,
    width: video.frameWidth ?? 0,
    height: video.frameHeight ?? 0,
    codec: (codec?.mimeType ?? "").replace("video/", "").replace("H264", "H.264"),
    relayed: local?.candidateType === "relay",
  };
}

/**
 * @param {Counters} before
 * @param {Counters} now
 * @returns {Rates}
 */
export function ratesBetween(before, now) {
  const seconds = Math.max(0.001, (now.at - before.at) / 1000);
  const decoded = Math.max(0, now.decoded - before.decoded);
  const emitted = Math.max(0, now.emitted - before.emitted);
  const lost = now.lost === null ? null : Math.max(0, now.lost - (before.lost ?? 0));
  const packets = (lost ?? 0) + Math.max(0, now.received - before.received);
  return {
    fpsDecoded: decoded / seconds,
    bitrateBps: (Math.max(0, now.bytes - before.bytes) * 8) / seconds,
    decodeMs: decoded > 0 ? (Math.max(0, now.decodeS - before.decodeS) / decoded) * 1000 : null,
    jitterBufferMs: emitted > 0 ? (Math.max(0, now.bufferS - before.bufferS) / emitted) * 1000 : null,
    lossPercent: lost === null ? null : packets > 0 ? (lost / packets) * 100 : 0,
  };
}
