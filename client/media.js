/** Brings the pictures, over WebRTC or over the video socket, and changes over when `TransportPolicy` says so.
 *
 * Events: `state` (detail: {why, retryAt}; `state` and `shown` have changed), `picture` (detail: {now, metadata}), `stream`
 * (detail: StreamInfo, or null when a connection begins), `transport` (detail: Transport), `refused` (detail: Refusal).
 */

import { Backoff } from "./backoff.js";
import { Peer } from "./peer.js";
import { noCommonCodec, noRelay } from "./phase.js";
import { countersOf } from "./stats.js";
import { TransportPolicy } from "./transport.js";
import { WsVideo } from "./ws-video.js";

const PROVE_LIFE_MS = 1000;
const NO_WEBRTC = {
  code: "no_webrtc",
  message: "This browser has no WebRTC.",
  hint: "Use a current Chrome, Edge, Firefox or Safari.",
};

/** @typedef {{name: "WebRTC" | "WebSocket", codec: "" | "H.264" | "JPEG", why: string}} Transport */
/** @typedef {import("./messages.js").StreamInfo} StreamInfo */

/**
 * @typedef {object} Links
 * @property {URL} url  of the video socket; http: and https: become ws: and wss:
 * @property {import("./picture.js").PictureElement} picture
 * @property {(message: import("./messages.js").ClientMessage) => boolean} send  over signaling
 * @property {() => boolean} isOpen  signaling
 * @property {import("./transport.js").Asked} asked
 * @property {boolean} relay  WebRTC through a TURN server only
 */

export class Media extends EventTarget {
  /** @type {import("./phase.js").Facts["media"]} */
  state = "none";
  shown = false; // a picture of the present connection
  lastPicture = -Infinity; // ms
  #links;
  #url;
  #policy;
  #backoff = new Backoff();
  /** @type {Peer | null} */
  #peer = null;
  /** @type {WsVideo | null} */
  #video = null;
  /** @type {StreamInfo | null} */
  #rtcStream = null;
  /** @type {RTCIceServer[]} */
  #iceServers = [];
  #relay;
  #relayWanted = false;
  #me = { peerId: "", roomId: "", key: "" };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Links} links */
  constructor(links) {
    super();
    this.#links = links;
    this.#relay = links.relay;
    this.#url = new URL(links.url);
    this.#url.protocol = this.#url.protocol.replace("http", "ws");
    this.#policy = new TransportPolicy({
      asked: links.asked,
      webRtc: typeof RTCPeerConnection !== "undefined",
      webCodecs: typeof VideoDecoder !== "undefined",
    });
  }

  /** @returns {Transport} */
  get transport() {
    const { way, why, codec } = this.#policy;
    if (way === "webrtc") return { name: "WebRTC", codec: "", why: "" };
    return { name: "WebSocket", codec: codec === "mjpeg" ? "JPEG" : "H.264", why };
  }

  /** Make the offer while signaling opens. */
  start() {
    this.close();
    this.#backoff.reset();
    if (this.#policy.way === "webrtc") this.#makePeer();
  }

  close() {
    clearTimeout(this.#timer);
    this.#peer?.close();
    this.#video?.close();
    this.#peer = this.#video = null;
    this.#links.picture.hold();
    this.state = "none";
    this.shown = false;
  }

  /** Signaling is open, for the first time or again.
   * @param {import("./messages.js").Welcome} welcome
   * @param {boolean} same  this peer was known there
   */
  welcomed(welcome, same) {
    this.newIceServers(welcome.ice_servers);
    this.#relayWanted = welcome.ice_transport_policy === "relay";
    this.#me = { peerId: welcome.peer_id, roomId: welcome.room_id, key: welcome.media_key };
    this.#policy.serverOffers(welcome.media_key !== "");
    if (this.#policy.way === "ws" && !this.#me.key) this.#say("refused", NO_WEBRTC);
    else if (this.#policy.way === "ws") this.renew();
    else if (this.#peer && !this.#peer.negotiated) void this.#negotiate(this.#peer);
    else if (!same || !this.#peer?.connected) this.renew();
    else this.#proveLife(this.#peer); // the picture went on without the WebSocket, or its server is gone
  }

  /** @param {Record<string, unknown>[]} servers  for connections from now on */
  newIceServers(servers) {
    this.#iceServers = /** @type {any[]} */ (servers);
  }

  /** WebRTC through a TURN server only, or not; a running connection is made anew.
   * @param {boolean} relay
   * @returns {boolean} whether that is a change
   */
  setRelay(relay) {
    if (relay === this.#relay) return false;
    this.#relay = relay;
    if (this.#policy.way === "ws") this.networkChanged();
    else if (this.#peer?.negotiated) this.renew();
    return true;
  }

  /** @param {string} key */
  newKey(key) {
    this.#me.key = key;
  }

  /** @param {StreamInfo} stream */
  streamInfo(stream) {
    this.#rtcStream = stream;
    if (this.#policy.way === "webrtc") this.#say("stream", stream);
  }

  /** @param {string} sdp */
  answer(sdp) {
    void this.#peer?.answer(sdp);
  }

  /** @param {import("./messages.js").CandidateInit | null} candidate */
  addCandidate(candidate) {
    void this.#peer?.addCandidate(candidate);
  }

  /** The server has nothing that the offer takes.
   * @param {string} message
   */
  noCommonCodec(message) {
    this.#webRtcBroke(message, "no_common_codec");
  }

  /** @param {string} text
   * @returns {boolean} false: send it over signaling
   */
  sendMotion(text) {
    return this.#peer?.sendMotion(text) ?? false;
  }

  /** @returns {Promise<import("./stats.js").Counters | null>} */
  async counters() {
    if (this.#policy.way === "ws") return this.#video?.counters(performance.now()) ?? null;
    const report = await this.#peer?.stats();
    return report ? countersOf(report) : null;
  }

  /** A new connection of the present kind; the last picture stays. */
  renew(why = "") {
    clearTimeout(this.#timer);
    this.#peer?.close();
    this.#video?.close();
    this.#peer = this.#video = null;
    this.#links.picture.hold();
    if (this.#policy.way === "webrtc") this.#makePeer();
    if (this.#links.isOpen()) this.#begin();
    this.#set("negotiating", why, this.#links.isOpen() ? null : undefined);
  }

  networkChanged() {
    this.#policy.networkChanged(performance.now());
  }

  /** @param {import("./transport.js").Facts} facts */
  tick(facts) {
    this.#do(this.#policy.tick(performance.now(), facts));
  }

  #begin() {
    if (this.#policy.way === "ws") this.#openVideo();
    else if (this.#peer) void this.#negotiate(this.#peer);
  }

  /** @param {import("./transport.js").Act} act */
  #do(act) {
    switch (act) {
      case "ws":
        this.#changeToSocket();
        break;
      case "probe":
        if (this.#links.isOpen()) void this.#negotiate(this.#makePeer());
        break;
      case "stop_probe":
        this.#peer?.close();
        this.#peer = null;
        this.#links.picture.dropBehind();
        break;
      case "webrtc":
        this.#returnToWebRtc();
        break;
      default:
    }
  }

  #changeToSocket() {
    this.#say("transport", this.transport);
    const slow = this.#policy.probing ? this.#peer : null; // may still come about
    if (slow) this.#peer = null;
    this.renew(`Changing over to the WebSocket: ${this.#policy.why}`);
    if (!slow) return;
    this.#peer = slow;
    this.#links.picture.hideVideo();
  }

  #returnToWebRtc() {
    this.#say("transport", this.transport);
    if (!this.#peer?.connected) {
      this.renew();
      return;
    }
    this.#video?.close();
    this.#video = null;
    this.#links.picture.showVideo();
    this.#say("stream", null);
    if (this.#rtcStream) this.#say("stream", this.#rtcStream);
    this.#set("connected");
  }

  #makePeer() {
    const peer = new Peer();
    this.#peer?.close();
    this.#peer = peer;
    this.#rtcStream = null;
    if (this.#policy.way === "webrtc") this.#begun();
    const on = (/** @type {string} */ name, /** @type {(detail: any) => void} */ fn) =>
      peer.addEventListener(name, (event) => this.#peer === peer && fn(/** @type {CustomEvent} */ (event).detail));
    on("track", (track) => this.#links.picture.show(track, this.#policy.way === "ws"));
    on("candidate", (candidate) => this.#links.send({ type: "ice-candidate", candidate }));
    on("connected", () => {
      this.#policy.connected(performance.now());
      if (this.#policy.way === "webrtc") this.#connected();
    });
    on("broken", ({ why, code }) => this.#webRtcBroke(why, code));
    return peer;
  }

  /** @param {Peer} peer */
  async #negotiate(peer) {
    const relay = this.#relay || this.#relayWanted;
    if (relay && !this.#iceServers.some(isTurn)) {
      this.#webRtcBroke("", "no_relay");
      return;
    }
    this.#policy.offered(performance.now());
    const sdp = await peer.negotiate(this.#iceServers, relay ? "relay" : "all");
    if (sdp !== null && this.#peer === peer) this.#links.send({ type: "offer", sdp });
  }

  /** A server that was killed says no goodbye to WebRTC: ask for a picture, and begin anew when none comes.
   * @param {Peer} peer
   */
  #proveLife(peer) {
    const asked = performance.now();
    this.#links.send({ type: "request_idr" });
    this.#timer = setTimeout(() => {
      if (this.lastPicture < asked && this.#peer === peer && !document.hidden) this.renew();
    }, PROVE_LIFE_MS);
  }

  #openVideo() {
    const { codec } = this.#policy;
    this.#begun();
    const video = new WsVideo(this.#url, { ...this.#me, codec }, (frame, message, now) => {
      this.#links.picture.paint(frame, message.width, message.height);
      this.pictureShown(now, { capturedS: message.capturedS });
    });
    this.#video = video;
    const on = (/** @type {string} */ name, /** @type {(detail: any) => void} */ fn) =>
      video.addEventListener(name, (event) => this.#video === video && fn(/** @type {CustomEvent} */ (event).detail));
    on("ready", () => {
      const { name, codec: words } = this.transport;
      this.#say("stream", { type: "stream_info", rtp_origin: 0, codec: words, transport: name });
      this.#connected();
    });
    on("idr", () => this.#links.send({ type: "request_idr" }));
    on("undecodable", ({ why }) => {
      if (this.#policy.undecodable()) this.#do("ws");
      else this.#broke(`This browser cannot decode the pictures: ${why}`);
    });
    on("broken", ({ why }) => {
      const act = this.#links.isOpen() ? this.#policy.socketBroke(performance.now()) : null;
      if (act) this.#do(act);
      else this.#broke(why);
    });
  }

  /** A picture is on the screen, or about to be. Of the video, it may be one that plays behind.
   * @param {number} now  ms
   * @param {import("./picture.js").Metadata} metadata
   */
  pictureShown(now, metadata) {
    const byWebRtc = metadata.capturedS === undefined;
    if (byWebRtc) this.#policy.webRtcPicture(now);
    else this.#policy.socketWorked();
    if (byWebRtc !== (this.#policy.way === "webrtc")) return;
    this.lastPicture = now;
    this.#say("picture", { now, metadata });
    if (this.shown) return;
    this.shown = true;
    this.#say("state", {});
  }

  #begun() {
    this.shown = false;
    this.state = "negotiating";
    this.#say("stream", null);
  }

  #connected() {
    this.#backoff.reset();
    this.#set("connected");
  }

  /** @param {string} why @param {string} code */
  #webRtcBroke(why, code) {
    const act = this.#policy.broke(performance.now(), code, this.#links.isOpen());
    if (act) this.#do(act);
    else if (this.#policy.way === "ws") return;
    else if (code === "no_common_codec") this.#say("refused", noCommonCodec(why));
    else if (code === "no_relay") this.#say("refused", noRelay());
    else this.#broke(why);
  }

  /** @param {string} why */
  #broke(why) {
    this.#links.picture.hold();
    let retryAt = null;
    if (this.#links.isOpen()) {
      const wait = this.#backoff.next() * 1000;
      retryAt = performance.now() + wait;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.renew(), wait);
    } // else `welcomed` renews it
    this.#set("broken", why, retryAt);
  }

  /** @param {Media["state"]} state @param {number | null} [retryAt] */
  #set(state, why = "", retryAt) {
    this.state = state;
    this.#say("state", { why, retryAt });
  }

  /** @param {string} name @param {unknown} detail */
  #say(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** @param {RTCIceServer} server */
function isTurn({ urls }) {
  return [urls].flat().some((url) => /^turns?:/.test(url));
}
