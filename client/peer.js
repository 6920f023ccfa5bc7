/** One WebRTC connection: H.264 in, the `pointer` data channel out. It lives once; a broken one is replaced, not mended.
 *
 * Events: `track` (detail: MediaStreamTrack), `candidate` (detail: CandidateInit | null), `connected`, `broken`
 * (detail: {why, code}). Building it and its offer needs no server, so the page does both while the WebSocket opens.
 */

const CONNECT_WITHIN_MS = 8000;
const MOST_CANDIDATES = 64;
const MOST_BUFFERED_BYTES = 16_384;

export class Peer extends EventTarget {
  #pc = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
  #channel;
  #offer;
  #negotiated = false;
  #answered = false;
  #over = false;
  /** @type {import("./messages.js").CandidateInit[]} */
  #early = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  constructor() {
    super();
    const transceiver = this.#pc.addTransceiver("video", { direction: "recvonly" });
    preferH264(transceiver);
    shortenBuffer(transceiver.receiver);
    this.#channel = this.#pc.createDataChannel("pointer", { ordered: false, maxRetransmits: 0 });
    this.#pc.ontrack = (event) => {
      shortenBuffer(event.receiver);
      this.dispatchEvent(new CustomEvent("track", { detail: event.track }));
    };
    this.#pc.onicecandidate = (event) => {
      this.dispatchEvent(new CustomEvent("candidate", { detail: event.candidate?.toJSON() ?? null }));
    };
    this.#pc.onconnectionstatechange = () => this.#stateChanged();
    this.#offer = this.#pc.createOffer();
    this.#offer.catch(() => {}); // `negotiate` reports it
  }

  /** @returns {boolean} the offer is out */
  get negotiated() {
    return this.#negotiated;
  }

  /** @returns {boolean} media can flow now */
  get connected() {
    return this.#pc.connectionState === "connected";
  }

  /** Take the servers, gather, and give the offer. Candidates follow as events.
   * @param {RTCIceServer[]} iceServers
   * @param {RTCIceTransportPolicy} iceTransportPolicy  `relay`: through a TURN server, or not at all
   * @returns {Promise<string | null>} SDP; null when this peer was closed meanwhile
   */
  async negotiate(iceServers, iceTransportPolicy = "all") {
    this.#negotiated = true;
    this.#timer = setTimeout(
      () => this.#break("No picture within 8 s: a firewall may block WebRTC (UDP)", "no_media"),
      CONNECT_WITHIN_MS,
    );
    try {
      if (iceServers.length > 0) this.#pc.setConfiguration({ bundlePolicy: "max-bundle", iceServers, iceTransportPolicy });
      const offer = await this.#offer;
      if (this.#over) return null;
      await this.#pc.setLocalDescription(offer);
      return offer.sdp ?? null;
    } catch (error) {
      this.#break(`WebRTC could not start: ${error instanceof Error ? error.message : error}`, "webrtc_failed");
      return null;
    }
  }

  /** @param {string} sdp */
  async answer(sdp) {
    if (this.#over || this.#answered) return;
    if (refusesVideo(sdp)) {
      this.#break("This browser and the server have no video format in common", "no_common_codec");
      return;
    }
    try {
      await this.#pc.setRemoteDescription({ type: "answer", sdp });
      this.#answered = true;
    } catch (error) {
      this.#break(`The server's answer does not fit: ${error instanceof Error ? error.message : error}`, "webrtc_failed");
    }
    for (const candidate of this.#early.splice(0)) await this.addCandidate(candidate);
  }

  /** @param {import("./messages.js").CandidateInit | null} candidate */
  async addCandidate(candidate) {
    if (!candidate || this.#over) return;
    if (!this.#answered) {
      if (this.#early.length < MOST_CANDIDATES) this.#early.push(candidate);
      return;
    }
    await this.#pc.addIceCandidate(candidate).catch(() => {}); // one bad candidate is no reason to give up the others
  }

  /** @param {string} text
   * @returns {boolean} false when the channel is not open, or is full
   */
  sendMotion(text) {
    if (this.#channel.readyState !== "open" || this.#channel.bufferedAmount > MOST_BUFFERED_BYTES) return false;
    this.#channel.send(text);
    return true;
  }

  /** @returns {Promise<RTCStatsReport | null>} */
  async stats() {
    return this.#over ? null : this.#pc.getStats();
  }

  close() {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#pc.ontrack = this.#pc.onicecandidate = this.#pc.onconnectionstatechange = null;
    this.#pc.close();
  }

  #stateChanged() {
    switch (this.#pc.connectionState) {
      case "connected":
        clearTimeout(this.#timer);
        this.dispatchEvent(new CustomEvent("connected"));
        break;
      case "failed":
        this.#break("The video connection failed", "media_failed");
        break;
      case "closed":
        this.#break("The server ended the video connection", "media_closed");
        break;
      default: // `disconnected` may heal by itself (RFC 8445, 6.1.4.2.3); `failed` follows when it does not
    }
  }

  /**
   * @param {string} why
   * @param {string} code
   */
  #break(why, code) {
    if (this.#over) return;
    this.close();
    this.dispatchEvent(new CustomEvent("broken", { detail: { why, code } }));
  }
}

/** @param {RTCRtpTransceiver} transceiver */
function preferH264(transceiver) {
  const codecs = RTCRtpReceiver.getCapabilities?.("video")?.codecs ?? [];
  if (codecs.length === 0 || !transceiver.setCodecPreferences) return;
  const rank = (/** @type {RTCRtpCodec} */ codec) => {
    if (codec.mimeType.toLowerCase() !== "video/h264") return 2;
    return codec.sdpFmtpLine?.includes("packetization-mode=1") ? 0 : 1;
  };
  transceiver.setCodecPreferences(codecs.toSorted((a, b) => rank(a) - rank(b)));
}

/** Show pictures when they come. `playoutDelayHint` is the older name for it in Chromium.
 * @param {RTCRtpReceiver} receiver
 */
function shortenBuffer(receiver) {
  if ("jitterBufferTarget" in receiver) receiver.jitterBufferTarget = 0;
  if ("playoutDelayHint" in receiver) Reflect.set(receiver, "playoutDelayHint", 0);
}

/** A video section with port 0 or no direction was turned down (RFC 8829, 5.3.1).
 * @param {string} sdp
 */
export function refusesVideo(sdp) {
  const section = sdp.split(/\r?\nm=/).find((part) => part.startsWith("video "));
  return section !== undefined && (section.startsWith("video 0 ") || /\r?\na=inactive/.test(section));
}
