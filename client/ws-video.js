/** The second transport: encoded pictures over a WebSocket, decoded here. It lives once; a broken one is replaced.
 *
 * Events: `ready` (the server sends from now on), `idr` (a picture that decodes on its own is needed), `undecodable`
 * (detail: {why}), `broken` (detail: {why, code}). Pictures go to `paint`. One is acknowledged when it is off the socket and
 * the decoder keeps up; the server holds back what is not acknowledged.
 */

import { H264Decoder } from "./decoder.js";
import { JpegDecoder } from "./mjpeg.js";
import { Painter } from "./painter.js";
import { acknowledgement, parseVideoMessage } from "./video-message.js";

const READY_WITHIN_MS = 5000;
const KEEPS_UP = 3; // pictures in the decoder

/** @typedef {import("./video-message.js").VideoMessage} VideoMessage */

/**
 * @typedef {object} Binding
 * @property {string} peerId
 * @property {string} roomId
 * @property {string} key  from `welcome` or `media_key`; works once
 * @property {"h264" | "mjpeg"} codec
 */

export class WsVideo extends EventTarget {
  codec;
  ready = false;
  #socket;
  #decoder;
  #painter;
  #over = false;
  #bytes = 0;
  #received = 0;
  /** @type {VideoMessage | null} */
  #newest = null;
  /** @type {number | null} */
  #owed = null;
  /** @type {ReturnType<typeof setTimeout>} */
  #timer;

  /**
   * @param {URL} url  ws: or wss:
   * @param {Binding} binding
   * @param {(frame: VideoFrame | ImageBitmap, message: VideoMessage, now: number) => void} paint
   */
  constructor(url, { peerId, roomId, key, codec }, paint) {
    super();
    this.codec = codec;
    this.#painter = new Painter(paint);
    const hooks = {
      picture: (/** @type {VideoFrame | ImageBitmap} */ frame, /** @type {VideoMessage} */ message) =>
        this.#over ? frame.close() : this.#painter.push(frame, message),
      ready: () => this.#acknowledge(),
      needIdr: () => this.#say("idr"),
      failed: (/** @type {string} */ why) => this.#over || this.#say("undecodable", { why }),
    };
    this.#decoder = codec === "mjpeg" ? new JpegDecoder(hooks) : new H264Decoder(hooks);
    this.#socket = new WebSocket(url);
    this.#socket.binaryType = "arraybuffer";
    this.#timer = setTimeout(() => this.#break("The video socket does not answer", "timeout"), READY_WITHIN_MS);
    this.#socket.onopen = () =>
      this.#socket.send(JSON.stringify({ type: "bind", peer_id: peerId, room_id: roomId, key, codec }));
    this.#socket.onmessage = ({ data }) => (typeof data === "string" ? this.#heard(data) : this.#picture(data));
    this.#socket.onclose = ({ reason }) => this.#break(reason || "The video socket was closed", "closed");
  }

  /** As `countersOf` gives them for WebRTC, in so far as there is such a thing here.
   * @param {number} now  ms
   * @returns {import("./stats.js").Counters}
   */
  counters(now) {
    return {
      at: now,
      bytes: this.#bytes,
      decoded: this.#decoder.decoded,
      dropped: this.#decoder.dropped + this.#painter.overtaken,
      freezes: null,
      received: this.#received,
      lost: null,
      decodeS: this.#decoder.decodeS,
      bufferS: 0,
      emitted: 0,
      pli: null,
      nack: null,
      jitterS: null,
      rttS: null,
      width: this.#newest?.width ?? 0,
      height: this.#newest?.height ?? 0,
      codec: this.codec === "mjpeg" ? "JPEG" : "H.264",
      relayed: false,
    };
  }

  close() {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#decoder.close();
    this.#painter.close();
  }

  /** @param {string} text */
  #heard(text) {
    /** @type {{type?: string, message?: string, code?: string}} */
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      return; // not ours; the next one may be
    }
    if (message.type === "error") {
      this.#break(message.message ?? "The video socket was refused", message.code ?? "refused");
    } else if (message.type === "ready") {
      clearTimeout(this.#timer);
      this.ready = true;
      this.#say("ready");
    }
  }

  /** @param {ArrayBuffer} buffer */
  #picture(buffer) {
    const message = parseVideoMessage(buffer);
    if (!message) {
      this.#break("The server sends pictures of another kind; reload the page", "protocol_mismatch");
      return;
    }
    this.#bytes += buffer.byteLength;
    this.#received += 1;
    this.#newest = message;
    this.#owed = message.pictureId;
    this.#decoder.push(message);
    this.#acknowledge();
  }

  #acknowledge() {
    if (this.#over || this.#owed === null || this.#decoder.waiting > KEEPS_UP) return;
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(acknowledgement(this.#owed));
    this.#owed = null;
  }

  /**
   * @param {string} why
   * @param {string} code
   */
  #break(why, code) {
    if (this.#over) return;
    this.close();
    this.#say("broken", { why, code });
  }

  /** @param {string} name @param {unknown} [detail] */
  #say(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
