/** The page's engine, without its looks: give it a `<video>`, and it shows a room and keeps showing it.
 *
 *     const viewer = new RemoteViewer({ video, base: "https://lab.example/viewer/" });
 *     viewer.addEventListener("status", (event) => console.log(event.detail.simulation.time_s));
 *     viewer.connect();
 *     viewer.send({ type: "play" });
 *
 * Events, each with its `detail`: `phase` (Phase), `welcome` (Welcome), `status` (Status), `scene` (SceneUpdated),
 * `look` (Look), `grip` (Grip: whether a hand closed on something), `metrics` (Metrics, once a second), `transport` (Transport),
 * `rung` (StreamStatus), `stale` (boolean), `gesture` (boolean: `play()` must be called from a click), `notice` (Notice), `load` (LoadProgress),
 * `refusal` (Error: one command was refused), `watching` and `values` (answers to `watch_values`).
 */

import { Media } from "./media.js";
import { PROTOCOL_VERSION } from "./messages.js";
import { Meter, reportOf } from "./meter.js";
import { MOTION_TYPES, MotionSender } from "./motion.js";
import { CONNECTING, freshFacts, isStale, phaseOf } from "./phase.js";
import { PictureElement } from "./picture.js";
import { Signaling } from "./signaling.js";
import { Watchdog } from "./watchdog.js";

const FIRST_PINGS_MS = [0, 60, 150, 400, 900];
const TICK_MS = 250;
const HAS_PICTURES = ["running", "paused", "diverged"];
const SILENT_MS = 1500; // status comes four times a second while something moves

export class RemoteViewer extends EventTarget {
  #options;
  #signaling;
  #picture;
  #meter = new Meter();
  #motion = new MotionSender((message, now) => this.#sendMotion(message, now));
  #media;
  /** @type {import("./phase.js").Facts} */
  #facts;
  #phase = CONNECTING;
  /** @type {import("./messages.js").Status | null} */
  #status = null;
  #peerId;
  /** @type {string | null} */
  #resumeKey = null;
  #token;
  #stale = false;
  #watchdog = new Watchdog();
  #movesSince = -Infinity; // ms: since when pictures should come one after another
  #expectedSince = Infinity; // ms: since when the server has pictures for this page
  #heardAt = -Infinity;
  #aliveSince = Infinity; // ms: since when the server has been heard without a break
  #ticks = 0;
  /** @type {Set<ReturnType<typeof setTimeout>>} */
  #timers = new Set();
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
   * @param {boolean} [options.relay]  WebRTC through a TURN server only
   * @param {import("./transport.js").Asked} [options.transport]  default: WebRTC, and the WebSocket where that does not work
   */
  constructor(options) {
    super();
    this.#options = options;
    this.#token = options.token ?? null;
    this.#peerId = options.peerId ?? null;
    this.#facts = freshFacts();
    const base = new URL(options.base ?? ".", document.baseURI);
    this.#signaling = new Signaling(new URL("ws/signaling", base), () => this.#hello());
    this.#picture = new PictureElement(
      options.video,
      (now, metadata) => this.#media.pictureShown(now, metadata),
      (needed) => this.#emit("gesture", needed),
    );
    this.#media = new Media({
      url: new URL("ws/media", base),
      picture: this.#picture,
      send: (message) => this.#signaling.send(message),
      isOpen: () => this.#signaling.open,
      asked: options.transport ?? "",
      relay: options.relay ?? false,
    });
    this.#listenToSignaling();
    this.#listenToMedia();
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

  /** Which way the pictures come, and why not by WebRTC.
   * @returns {import("./media.js").Transport}
   */
  get transport() {
    return this.#media.transport;
  }

  /** Width and height of the picture, px; 0 before the first one. */
  get pictureSize() {
    return this.#picture.size;
  }

  /** Start, or start again after `close` or a refusal. The offer is made while the WebSocket opens. */
  connect() {
    this.close();
    this.#facts = freshFacts();
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    document.addEventListener("visibilitychange", () => this.#visibility(), { signal });
    addEventListener("online", () => this.#media.networkChanged(), { signal });
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
    this.#media.start();
    this.#emit("transport", this.transport);
    this.#signaling.start();
    this.#review();
  }

  /** Let go of everything; the last picture stays. */
  close() {
    this.#listeners.abort();
    clearInterval(this.#ticker);
    this.#motion.stop();
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
    this.#signaling.close();
    this.#media.close();
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
    if (this.#media.state === "broken") this.#media.renew();
  }

  /** @param {string | null} token  used from the next try on */
  setToken(token) {
    this.#token = token;
  }

  /** Force media through a TURN server, or let it take any path; a running connection is made anew.
   * @param {boolean} relay
   */
  setRelay(relay) {
    if (!this.#media.setRelay(relay)) return;
    if (this.#facts.refusal?.code === "no_relay") this.connect();
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
    if (MOTION_TYPES.includes(message.type)) {
      this.#motion.push(/** @type {import("./motion.js").Motion} */ (message));
      return this.#signaling.open;
    }
    if (message.type === "seek") {
      const seq = this.#motion.number(); // so that the time until its picture is seen is measured too
      this.#meter.inputSent(seq, performance.now());
      return this.#signaling.send({ ...message, seq });
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
    this.#meter.clock.reset();
    for (const delay of FIRST_PINGS_MS) this.#after(delay, () => this.#ping());
    this.#emit("welcome", welcome);
    if (welcome.scene) this.#emit("scene", welcome.scene);
    if (welcome.status) this.#heard(welcome.status);
    if (welcome.look) this.#heard(welcome.look);
    this.#media.welcomed(welcome, same);
    if (document.hidden) this.#signaling.send({ type: "watch", visible: false });
  }

  /** @param {import("./messages.js").ServerMessage} message */
  #heard(message) {
    const now = performance.now();
    if (now - this.#heardAt > SILENT_MS) this.#aliveSince = now;
    this.#heardAt = now;
    switch (message.type) {
      case "status":
        if (message.simulation.state === "running" && this.#status?.simulation.state !== "running") this.#movesSince = now;
        if (!HAS_PICTURES.includes(message.simulation.state)) this.#expectedSince = Infinity;
        else if (this.#expectedSince === Infinity) this.#expectedSince = now;
        this.#status = message;
        this.#emit("status", message);
        break;
      case "media_key":
        this.#media.newKey(message.key);
        break;
      case "ice_servers":
        this.#media.newIceServers(message.ice_servers);
        break;
      case "answer":
        this.#media.answer(message.sdp);
        break;
      case "ice-candidate":
        this.#media.addCandidate(message.candidate ?? null);
        break;
      case "stream_info":
        this.#media.streamInfo(message);
        break;
      case "stream_status":
        this.#emit("rung", message);
        break;
      case "applied":
        this.#meter.inputApplied(message, now);
        break;
      case "pong":
        this.#meter.clock.add(message.t, now / 1000, message.server_time_s);
        break;
      case "look":
        this.#emit("look", message);
        break;
      case "grip":
        this.#emit("grip", message);
        break;
      case "scene_updated":
        this.#emit("scene", message);
        break;
      case "load_progress":
        this.#emit("load", message);
        break;
      case "notice":
      case "watching":
      case "values":
        this.#emit(message.type, message);
        break;
      case "error":
        if (message.code === "no_common_codec") this.#media.noCommonCodec(message.message);
        else this.#emit("refusal", message);
        break;
      case "welcome": // `Signaling` hands it over apart
        break;
    }
  }

  #listenToMedia() {
    const on = (/** @type {string} */ name, /** @type {(detail: any) => void} */ fn) =>
      this.#media.addEventListener(name, (event) => fn(/** @type {CustomEvent} */ (event).detail));
    on("state", ({ why, retryAt }) => {
      if (why) this.#facts.why = why;
      if (retryAt !== undefined) this.#facts.retryAt = retryAt;
      this.#review();
    });
    on("picture", ({ now, metadata }) => {
      this.#meter.picture(now, metadata);
      if (this.#stale) this.#setStale(false);
    });
    on("stream", (stream) => this.#meter.setStream(stream));
    on("transport", (transport) => this.#emit("transport", transport));
    on("refused", (refusal) => this.#refuse(refusal));
  }

  /** @param {import("./signaling.js").Refusal} refusal */
  #refuse(refusal) {
    this.close();
    this.#facts.refusal = refusal;
    this.#review();
  }

  /** @param {import("./motion.js").Motion & {seq: number}} message @param {number} now  ms */
  #sendMotion(message, now) {
    this.#meter.inputSent(message.seq, now);
    if (!this.#media.sendMotion(JSON.stringify(message))) this.#signaling.send(message);
  }

  #ping() {
    this.#signaling.send({ type: "ping", t: performance.now() / 1000 });
  }

  #visibility() {
    this.#movesSince = performance.now();
    if (this.#expectedSince !== Infinity) this.#expectedSince = this.#movesSince;
    this.#signaling.send({ type: "watch", visible: !document.hidden });
  }

  #tick() {
    const now = performance.now();
    const since = Math.min(this.#meter.secondsSincePicture(now), (now - this.#movesSince) / 1000);
    const running = this.#status?.simulation.state === "running";
    const visible = !document.hidden;
    const { state, shown } = this.#media;
    this.#setStale(isStale({ running, visible, shown, sinceLastPictureS: since }));
    if (this.#stale && state === "connected" && this.#signaling.open) this.#unstick(now, since);
    this.#media.tick({
      open: this.#signaling.open,
      visible,
      shown,
      running,
      encodedFps: this.#status?.picture.fps ?? 0,
      lastPicture: this.#media.lastPicture,
      expectedSince: Math.max(this.#expectedSince, running ? this.#movesSince : 0),
      aliveSince: now - this.#heardAt > SILENT_MS ? Infinity : this.#aliveSince,
    });
    this.#ticks += 1;
    if (this.#ticks % 4 === 0) void this.#sample();
    if (this.#ticks % 8 === 0) this.#ping();
  }

  /** @param {number} now  ms @param {number} since  seconds */
  #unstick(now, since) {
    const act = this.#watchdog.act(now / 1000, since);
    if (act === "request_idr") this.#signaling.send({ type: "request_idr" });
    if (act === "renew") this.#media.renew("The picture stopped");
  }

  async #sample() {
    const metrics = this.#meter.sample(performance.now(), await this.#media.counters());
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
    const { state, shown } = this.#media;
    const phase = phaseOf({ ...this.#facts, media: state, shown });
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
