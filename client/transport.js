/** Which way the pictures come: WebRTC where it works, else a WebSocket; and when to change over, there and back. Pure: times
 * come in as `now` (ms). `Media` carries out what is decided here.
 */

export const NO_PATH_MS = 2000; // the try goes on in the background, so that a slow one loses nothing
export const NO_PICTURE_MS = 3000;
export const PROBE_WAITS_MS = [30_000, 60_000, 120_000, 300_000];
const PROBE_WITHIN_MS = 8000;
const STEADY_MS = 300; // two streams at once for so long, so that no moment is without a picture
const HELD_MS = 60_000; // WebRTC that held so long was right to go back to
const SOCKET_TRIES = 3;
const SOCKET_REST_MS = 30_000;
const CLOSED_TWICE_MS = 10_000;
const NETWORK_SETTLES_MS = 1000;

/** @typedef {"" | "webrtc" | "ws" | "mjpeg"} Asked  what `?transport=` says; empty: choose */
/** @typedef {"ws" | "webrtc" | "probe" | "stop_probe" | null} Act  change over, try WebRTC in the background, or give that up */

/**
 * @typedef {object} Abilities
 * @property {Asked} asked
 * @property {boolean} webRtc
 * @property {boolean} webCodecs
 */

/**
 * @typedef {object} Facts
 * @property {boolean} open  the signaling socket is open
 * @property {boolean} visible
 * @property {boolean} shown  a picture of the present connection was shown
 * @property {boolean} running  pictures should come all the time
 * @property {number} encodedFps  what the server says that it makes
 * @property {number} lastPicture
 * @property {number} expectedSince  since when pictures should come; Infinity while the server has none
 * @property {number} aliveSince  since when the server has been heard without a break; Infinity while it is silent
 */

/** @param {string} search  of the page's address
 * @returns {Asked}
 */
export function askedTransport(search) {
  const asked = new URLSearchParams(search).get("transport");
  return asked === "webrtc" || asked === "ws" || asked === "mjpeg" ? asked : "";
}

export class TransportPolicy {
  /** @type {"webrtc" | "ws"} */
  way = "webrtc";
  /** @type {"h264" | "mjpeg"} */
  codec = "h264";
  probing = false; // WebRTC is tried in the background
  #asked;
  #webRtc;
  #reason = "";
  #codecReason = "";
  #available = true; // the server has a video socket
  #forGood = false;
  #offeredAt = -Infinity;
  /** @type {number | null} */
  #connectedAt = null;
  /** @type {number | null} */
  #pictureAt = null;
  #closedAt = -Infinity;
  #probeAt = Infinity;
  #probeTries = 0;
  #keepsDue = false; // when the try that runs fails, the next one is due as it was
  #backAt = -Infinity;
  #socketFailures = 0;
  #noFallUntil = -Infinity;

  /** @param {Abilities} abilities */
  constructor({ asked, webRtc, webCodecs }) {
    this.#asked = asked;
    this.#webRtc = webRtc;
    if (asked === "mjpeg") this.codec = "mjpeg";
    else if (!webCodecs) this.#useJpeg("no WebCodecs on this page");
    if (asked === "ws" || asked === "mjpeg") this.#stay("asked for");
    else if (!webRtc) this.#stay("no WebRTC in this browser");
  }

  /** Why it is not WebRTC, in a few words; empty when it is. */
  get why() {
    return this.way === "ws" ? [this.#reason, this.#codecReason].filter(Boolean).join(", ") : "";
  }

  /** @param {boolean} available  whether the server gave a key for a video socket */
  serverOffers(available) {
    this.#available = available;
    if (!available && this.way === "ws" && this.#webRtc) this.way = "webrtc";
  }

  /** A WebRTC offer goes out, the first, a renewed one or one in the background.
   * @param {number} now
   */
  offered(now) {
    this.#offeredAt = now;
    this.#connectedAt = this.#pictureAt = null;
  }

  /** @param {number} now */
  connected(now) {
    this.#connectedAt = now;
  }

  /** A picture came by WebRTC.
   * @param {number} now
   */
  webRtcPicture(now) {
    this.#pictureAt ??= now;
  }

  /** The WebRTC connection broke.
   * @param {number} now
   * @param {string} code
   * @param {boolean} open  the signaling socket is open: it is not the network as a whole
   * @returns {Act}
   */
  broke(now, code, open) {
    if (this.probing) return this.#giveUpProbe(now);
    if (this.way === "ws" || !open || !this.#mayFall(now)) return null;
    switch (code) {
      case "no_common_codec":
        this.#forGood = true;
        return this.#fall(now, "no video format in common by WebRTC");
      case "no_relay":
        return this.#fall(now, "no TURN server to relay WebRTC");
      case "webrtc_failed":
        return this.#fall(now, "WebRTC could not start");
      case "media_closed": {
        const again = now - this.#closedAt < CLOSED_TWICE_MS;
        this.#closedAt = now;
        return again ? this.#fall(now, "WebRTC does not hold") : null;
      }
      default:
        return this.#fall(now, "no UDP path");
    }
  }

  /** Look again, a few times a second.
   * @param {number} now
   * @param {Facts} facts
   * @returns {Act}
   */
  tick(now, facts) {
    if (!facts.open || !facts.visible) return null;
    return this.way === "webrtc" ? this.#onWebRtc(now, facts) : this.#onSocket(now, facts);
  }

  /** The network changed: a try that runs is of the old one, and a new one is due soon.
   * @param {number} now
   */
  networkChanged(now) {
    if (this.way === "webrtc") return;
    if (this.probing) {
      this.#offeredAt = -Infinity;
      this.#keepsDue = true;
    }
    this.#probeAt = Math.min(this.#probeAt, now + NETWORK_SETTLES_MS);
  }

  /** The browser does not decode what comes; go on with single JPEG pictures. False: it did that already. */
  undecodable() {
    if (this.codec === "mjpeg") return false;
    this.#useJpeg("H.264 could not be decoded");
    return true;
  }

  socketWorked() {
    this.#socketFailures = 0;
  }

  /** The video socket could not be opened, or was lost.
   * @param {number} now
   * @returns {Act}
   */
  socketBroke(now) {
    this.#socketFailures += 1;
    if (this.#socketFailures < SOCKET_TRIES || this.#asked || this.#forGood) return null;
    this.#socketFailures = 0;
    this.#noFallUntil = now + SOCKET_REST_MS;
    this.#back(now);
    return "webrtc";
  }

  /**
   * @param {number} now
   * @param {Facts} facts
   * @returns {Act}
   */
  #onWebRtc(now, { shown, running, encodedFps, lastPicture, expectedSince, aliveSince }) {
    if (!this.#mayFall(now) || this.#offeredAt === -Infinity) return null;
    if (shown) {
      const silent = now - Math.max(lastPicture, expectedSince, aliveSince);
      return running && encodedFps >= 1 && silent > NO_PICTURE_MS ? this.#fall(now, "pictures stopped coming by UDP") : null;
    }
    if (this.#connectedAt === null) {
      if (now - this.#offeredAt <= NO_PATH_MS) return null;
      this.probing = this.#keepsDue = true;
      return this.#fall(now, "no UDP path");
    }
    const waited = now - Math.max(this.#connectedAt, expectedSince);
    return waited > NO_PICTURE_MS ? this.#fall(now, "no picture came by WebRTC") : null;
  }

  /**
   * @param {number} now
   * @param {Facts} facts
   * @returns {Act}
   */
  #onSocket(now, { shown }) {
    if (this.#asked || this.#forGood) return null;
    if (!this.probing) {
      if (now < this.#probeAt || !shown) return null;
      this.probing = true;
      this.offered(now);
      return "probe";
    }
    if (this.#pictureAt !== null && now - this.#pictureAt >= STEADY_MS) {
      this.#back(now);
      return "webrtc";
    }
    return now - this.#offeredAt > PROBE_WITHIN_MS ? this.#giveUpProbe(now) : null;
  }

  /** @param {number} now */
  #mayFall(now) {
    return this.#available && this.#asked !== "webrtc" && now >= this.#noFallUntil;
  }

  /**
   * @param {number} now
   * @param {string} reason
   * @returns {Act}
   */
  #fall(now, reason) {
    this.way = "ws";
    this.#reason = reason;
    this.#probeTries = now - this.#backAt < HELD_MS ? this.#probeTries + 1 : 0;
    this.#probeAt = now + this.#probeWait();
    return "ws";
  }

  /** @param {number} now */
  #back(now) {
    this.way = "webrtc";
    this.probing = this.#keepsDue = false;
    this.#backAt = now;
  }

  /**
   * @param {number} now
   * @returns {Act}
   */
  #giveUpProbe(now) {
    this.probing = false;
    if (!this.#keepsDue) {
      this.#probeTries += 1;
      this.#probeAt = now + this.#probeWait();
    }
    this.#keepsDue = false;
    return "stop_probe";
  }

  #probeWait() {
    return PROBE_WAITS_MS[Math.min(this.#probeTries, PROBE_WAITS_MS.length - 1)];
  }

  /** @param {string} reason */
  #stay(reason) {
    this.way = "ws";
    this.#forGood = true;
    this.#reason = reason;
  }

  /** @param {string} reason */
  #useJpeg(reason) {
    this.codec = "mjpeg";
    this.#codecReason = reason;
  }
}
