/** The page's engine, without its looks: give it a `<video>`, and it shows a room and keeps showing it.
 *
 *     const viewer = new RemoteViewer({ video, base: "https://lab.example/viewer/" });
 *     viewer.addEventListener("status", (event) => console.log(event.detail.simulation.time_s));
 *     viewer.connect();
 *     viewer.send({ type: "play" });
 *
 * Events, each with its `detail`: `phase` (Phase), `welcome` (Welcome), `status` (Status), `scene` (SceneUpdated),
 * `metrics` (Metrics, once a second), `stale` (boolean), `gesture` (boolean: `play()` must be called from a click),
 * `notice` (Notice), `refusal` (Error: one command was refused).
 */

import { Backoff } from "./backoff.js";
import { PROTOCOL_VERSION } from "./messages.js";
import { Meter, reportOf } from "./meter.js";
import { MotionSender } from "./motion.js";
import { Peer } from "./peer.js";
import { CONNECTING, freshFacts, isStale, noCommonCodec, noRelay, phaseOf } from "./phase.js";
import { PictureElement } from "./picture.js";
import { Signaling } from "./signaling.js";
import { Watchdog } from "./watchdog.js";

const FIRST_PINGS_MS = [0, 60, 150, 400, 900];
const TICK_MS = 250;
const PROVE_LIFE_MS = 1000;

export class RemoteViewer extends EventTarget {
  #options;
  #signaling;
  #picture;
  #meter = new Meter();
  #motion = new MotionSender((message, now) => this.#sendMotion(message, now));
  #mediaBackoff = new Backoff();
  /** @type {Peer | null} */
  #peer = null;
  /** @type {import("./phase.js").Facts} */
  #facts;
  #phase = CONNECTING;
  /** @type {import("./messages.js").Status | null} */
  #status = null;
  /** @type {RTCIceServer[]} */
  #iceServers = [];
  #relay = false;
  #relayWanted = false;
  #peerId;
  /** @type {string | null} */
  #resumeKey = null;
  #token;
  #stale = false;
  #watchdog = new Watchdog();
  #movesSince = -Infinity; // ms: since when pictures should come
  #ticks = 0;
  /** @type {Set<ReturnType<typeof setTimeout>>} */
  #timers = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #mediaTimer;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticker;
  #listeners = new AbortController();

  /**
   * @param {object} options
   * @param {HTMLVideoElement} options.video  `muted playsinline`
   * @param {string | URL} [options.base]  where the server's `/` is; default: this page
   * @param {string | null} [options.token]
   * @param {string | null} [options.peerId]  what an earlier `welcome` gave
   * @param {string | null} [options.name]  of the person
   * @param {boolean} [options.relay]  media through a TURN server only
   */
  constructor(options) {
    super();
    this.#options = options;
    this.#token = options.token ?? null;
    this.#peerId = options.peerId ?? null;
    this.#relay = options.relay ?? false;
    this.#facts = freshFacts();
    const base = new URL(options.base ?? ".", document.baseURI);
    this.#signaling = new Signaling(new URL("ws/signaling", base), () => this.#hello());
    this.#picture = new PictureElement(
      options.video,
      (now, metadata) => this.#shown(now, metadata),
      (needed) => this.#emit("gesture", needed),
    );
    this.#listenToSignaling();
  }

  /** What `welcome` gave; hand it to the next RemoteViewer of the same person. */
  get peerId() {
    return this.#peerId;
  }

  get phase() {
    return this.#phase;
  }

  get status() {
    return this.#status;
  }

  /** Start, or start again after `close` or a refusal. The offer is made while the WebSocket opens. */
  connect() {
    if (typeof RTCPeerConnection === "undefined") {
      const hint = "Use a current Chrome, Edge, Firefox or Safari.";
      this.#refuse({ code: "no_webrtc", message: "This browser has no WebRTC.", hint });
      return;
    }
    this.close();
    this.#facts = freshFacts();
    this.#listeners = new AbortController();
    document.addEventListener("visibilitychange", () => this.#visibility(), { signal: this.#listeners.signal });
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
    this.#makePeer();
    this.#signaling.start();
    this.#review();
  }

  /** Let go of everything; the last picture stays. */
  close() {
    this.#listeners.abort();
    clearInterval(this.#ticker);
    this.#motion.stop();
    clearTimeout(this.#mediaTimer);
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
    this.#picture.hold();
    this.#signaling.close();
    this.#peer?.close();
    this.#peer = null;
  }

  /** `close`, and take the picture out of the `<video>`. */
  dispose() {
    this.close();
    this.#picture.detach();
  }

  /** Do not wait for the next try. */
  retryNow() {
    if (this.#facts.refusal) {
      this.connect();
      return;
    }
    this.#signaling.retryNow();
    if (this.#facts.media === "broken") this.#renewPeer();
  }

  /** @param {string | null} token  used from the next try on */
  setToken(token) {
    this.#token = token;
  }

  /** Force media through a TURN server, or let it take any path; a running connection is made anew.
   * @param {boolean} relay
   */
  setRelay(relay) {
    if (relay === this.#relay) return;
    this.#relay = relay;
    if (this.#facts.refusal?.code === "no_relay") this.connect();
    else if (this.#peer?.negotiated) this.#renewPeer();
  }

  /** Call from a click when `gesture` said that the browser wants one. */
  play() {
    this.#picture.play();
  }

  /** Motion is merged to sixty messages a second and goes over the data channel; everything else over the WebSocket.
   * @param {import("./messages.js").ClientMessage} message
   * @returns {boolean} false when there is no connection; nothing is kept for later
   */
  send(message) {
    if (message.type === "orbit" || message.type === "pan" || message.type === "zoom") {
      this.#motion.push(message);
      return this.#signaling.open;
    }
    return this.#signaling.send(message);
  }

  /** @returns {import("./messages.js").Hello} */
  #hello() {
    return {
      type: "hello",
      protocol: PROTOCOL_VERSION,
      peer_id: this.#peerId,
      resume_key: this.#resumeKey,
      name: this.#options.name ?? null,
      token: this.#token,
    };
  }

  #listenToSignaling() {
    const on = (/** @type {string} */ name, /** @type {(detail: any) => void} */ fn) =>
      this.#signaling.addEventListener(name, (event) => fn(/** @type {CustomEvent} */ (event).detail));
    on("welcome", (welcome) => this.#welcomed(welcome));
    on("message", (message) => this.#heard(message));
    on("refused", (refusal) => this.#refuse(refusal));
    on("state", ({ state, why, retryAt }) => {
      this.#facts.socket = state;
      if (why) this.#facts.why = why;
      this.#facts.retryAt = retryAt;
      this.#review();
    });
  }

  /** @param {import("./messages.js").Welcome} welcome */
  #welcomed(welcome) {
    if (welcome.protocol !== PROTOCOL_VERSION) {
      const message = `This page speaks protocol ${PROTOCOL_VERSION}, the server ${welcome.protocol}.`;
      this.#refuse({ code: "protocol_mismatch", message, hint: "Reload the page." });
      return;
    }
    const same = this.#peerId === welcome.peer_id;
    this.#peerId = welcome.peer_id;
    this.#resumeKey = welcome.resume_key || null;
    this.#iceServers = /** @type {any[]} */ (welcome.ice_servers);
    this.#relayWanted = welcome.ice_transport_policy === "relay";
    this.#meter.clock.reset();
    for (const delay of FIRST_PINGS_MS) this.#after(delay, () => this.#ping());
    this.#emit("welcome", welcome);
    if (welcome.scene) this.#emit("scene", welcome.scene);
    if (welcome.status) this.#heard(welcome.status);
    if (this.#peer && !this.#peer.negotiated) this.#negotiate(this.#peer);
    else if (!same || !this.#peer?.connected) this.#renewPeer();
    else this.#proveLife(this.#peer); // the picture went on without the WebSocket, or its server is gone
    if (document.hidden) this.#signaling.send({ type: "watch", visible: false });
  }

  /** @param {import("./messages.js").ServerMessage} message */
  #heard(message) {
    const now = performance.now();
    switch (message.type) {
      case "status":
        if (message.simulation.state === "running" && this.#status?.simulation.state !== "running") this.#movesSince = now;
        this.#status = message;
        this.#emit("status", message);
        break;
      case "ice_servers":
        this.#iceServers = /** @type {any[]} */ (message.ice_servers);
        break;
      case "answer":
        void this.#peer?.answer(message.sdp);
        break;
      case "ice-candidate":
        void this.#peer?.addCandidate(message.candidate ?? null);
        break;
      case "stream_info":
        this.#meter.setStream(message);
        break;
      case "applied":
        this.#meter.inputApplied(message, now);
        break;
      case "pong":
        this.#meter.clock.add(message.t, now / 1000, message.server_time_s);
        break;
      case "scene_updated":
        this.#emit("scene", message);
        break;
      case "notice":
        this.#emit("notice", message);
        break;
      case "error":
        if (message.code === "no_common_codec") this.#refuse(noCommonCodec(message.message));
        else this.#emit("refusal", message);
        break;
      case "welcome": // `Signaling` hands it over apart
        break;
    }
  }

  #makePeer() {
    const peer = new Peer();
    this.#peer?.close();
    this.#peer = peer;
    this.#meter.setStream(null);
    this.#facts.media = "negotiating";
    this.#facts.shown = false;
    const on = (/** @type {string} */ name, /** @type {(detail: any) => void} */ fn) =>
      peer.addEventListener(name, (event) => this.#peer === peer && fn(/** @type {CustomEvent} */ (event).detail));
    on("track", (track) => this.#picture.show(track));
    on("candidate", (candidate) => this.#signaling.send({ type: "ice-candidate", candidate }));
    on("connected", () => {
      this.#mediaBackoff.reset();
      this.#facts.media = "connected";
      this.#review();
    });
    on("broken", ({ why, code }) => this.#mediaBroke(why, code));
    return peer;
  }

  /** @param {Peer} peer */
  async #negotiate(peer) {
    const relay = this.#relay || this.#relayWanted;
    if (relay && !this.#iceServers.some(isTurn)) {
      this.#refuse(noRelay());
      return;
    }
    const sdp = await peer.negotiate(this.#iceServers, relay ? "relay" : "all");
    if (sdp !== null && this.#peer === peer) this.#signaling.send({ type: "offer", sdp });
  }

  /** A server that was killed says no goodbye to WebRTC: ask for a picture, and begin anew when none comes.
   * @param {Peer} peer
   */
  #proveLife(peer) {
    const asked = performance.now();
    this.#signaling.send({ type: "request_idr" });
    this.#after(PROVE_LIFE_MS, () => {
      const came = this.#meter.secondsSincePicture(performance.now()) * 1000 < performance.now() - asked;
      if (!came && this.#peer === peer && !document.hidden) this.#renewPeer();
    });
  }

  #renewPeer() {
    clearTimeout(this.#mediaTimer);
    this.#picture.hold();
    const peer = this.#makePeer();
    if (this.#signaling.open) void this.#negotiate(peer);
    this.#review();
  }

  /** @param {string} why @param {string} code */
  #mediaBroke(why, code) {
    this.#picture.hold();
    if (code === "no_common_codec") {
      this.#refuse(noCommonCodec(why));
      return;
    }
    this.#facts.media = "broken";
    this.#facts.why = why;
    if (this.#signaling.open) {
      const wait = this.#mediaBackoff.next() * 1000;
      this.#facts.retryAt = performance.now() + wait;
      this.#mediaTimer = setTimeout(() => this.#renewPeer(), wait);
    } // else `welcome` renews it
    this.#review();
  }

  /** @param {import("./signaling.js").Refusal} refusal */
  #refuse(refusal) {
    this.close();
    this.#facts.refusal = refusal;
    this.#review();
  }

  /** @param {number} now @param {{expectedDisplayTime?: number, rtpTimestamp?: number}} metadata */
  #shown(now, metadata) {
    this.#meter.picture(now, metadata);
    if (!this.#facts.shown) {
      this.#facts.shown = true;
      this.#review();
    }
    if (this.#stale) this.#setStale(false);
  }

  /** @param {import("./motion.js").Motion & {seq: number}} message @param {number} now  ms */
  #sendMotion(message, now) {
    this.#meter.inputSent(message.seq, now);
    if (!this.#peer?.sendMotion(JSON.stringify(message))) this.#signaling.send(message);
  }

  #ping() {
    this.#signaling.send({ type: "ping", t: performance.now() / 1000 });
  }

  #visibility() {
    this.#movesSince = performance.now();
    this.#signaling.send({ type: "watch", visible: !document.hidden });
  }

  #tick() {
    const now = performance.now();
    const since = Math.min(this.#meter.secondsSincePicture(now), (now - this.#movesSince) / 1000);
    const running = this.#status?.simulation.state === "running";
    const visible = !document.hidden;
    this.#setStale(isStale({ running, visible, shown: this.#facts.shown, sinceLastPictureS: since }));
    if (this.#stale && this.#facts.media === "connected" && this.#signaling.open) this.#unstick(now, since);
    this.#ticks += 1;
    if (this.#ticks % 4 === 0) void this.#sample();
    if (this.#ticks % 8 === 0) this.#ping();
  }

  /** @param {number} now  ms @param {number} since  seconds */
  #unstick(now, since) {
    const act = this.#watchdog.act(now / 1000, since);
    if (act === "request_idr") this.#signaling.send({ type: "request_idr" });
    if (act !== "renew") return;
    this.#facts.why = "The picture stopped";
    this.#renewPeer();
  }

  async #sample() {
    const report = (await this.#peer?.stats()) ?? null;
    const metrics = this.#meter.sample(performance.now(), report);
    this.#emit("metrics", metrics);
    if (this.#phase.name === "live" && !document.hidden && this.#ticks % 8 === 0) this.#signaling.send(reportOf(metrics));
  }

  /** @param {boolean} stale */
  #setStale(stale) {
    if (stale === this.#stale) return;
    this.#stale = stale;
    this.#emit("stale", stale);
  }

  #review() {
    const phase = phaseOf(this.#facts);
    if (phase.name === "live") this.#facts.hadLive = true;
    if (JSON.stringify(phase) === JSON.stringify(this.#phase)) return;
    this.#phase = phase;
    this.#emit("phase", phase);
  }

  /** @param {number} ms @param {() => void} fn */
  #after(ms, fn) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      fn();
    }, ms);
    this.#timers.add(timer);
  }

  /** @param {string} name @param {unknown} detail */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** @param {RTCIceServer} server */
function isTurn({ urls }) {
  return [urls].flat().some((url) => /^turns?:/.test(url));
}
