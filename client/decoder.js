/** H.264 to pictures with WebCodecs. What cannot be decoded is skipped until the next picture that decodes on its own. */

import { codecOf } from "./video-message.js";

const MOST_WAITING = 16; // later than that, an IDR is sooner there than the backlog
const MOST_FAILURES = 3;

/** @typedef {import("./video-message.js").VideoMessage} VideoMessage */

/**
 * @typedef {object} DecoderHooks
 * @property {(frame: VideoFrame | ImageBitmap, message: VideoMessage) => void} picture  the receiver closes it
 * @property {() => void} ready  it can take more
 * @property {() => void} needIdr
 * @property {(why: string) => void} failed  it will never decode this
 */

export class H264Decoder {
  dropped = 0;
  decoded = 0;
  decodeS = 0;
  #hooks;
  /** @type {VideoDecoder | null} */
  #decoder = null;
  #codec = "";
  #waitsForIdr = true;
  #failures = 0;
  #count = 0;
  /** @type {Map<number, {message: VideoMessage, at: number}>} */
  #under = new Map();

  /** @param {DecoderHooks} hooks */
  constructor(hooks) {
    this.#hooks = hooks;
  }

  /** Pictures that wait inside. */
  get waiting() {
    return this.#decoder?.decodeQueueSize ?? 0;
  }

  /** @param {VideoMessage} message */
  push(message) {
    if (this.waiting > MOST_WAITING) this.#skipToIdr();
    if (this.#waitsForIdr && !message.idr) {
      this.dropped += 1;
      return;
    }
    if (message.idr && !this.#prepare(message)) return;
    this.#waitsForIdr = false;
    this.#count += 1;
    this.#under.set(this.#count, { message, at: performance.now() });
    if (this.#under.size > 4 * MOST_WAITING) this.#under.delete(/** @type {number} */ (this.#under.keys().next().value));
    const type = message.idr ? "key" : "delta";
    const decoder = /** @type {VideoDecoder} */ (this.#decoder);
    try {
      decoder.decode(new EncodedVideoChunk({ type, timestamp: this.#count, data: message.data }));
    } catch (error) {
      this.#error(decoder, error);
    }
  }

  close() {
    if (this.#decoder && this.#decoder.state !== "closed") this.#decoder.close();
    this.#decoder = null;
    this.#under.clear();
  }

  /** A decoder that fits the parameter sets of `message`.
   * @param {VideoMessage} message
   */
  #prepare(message) {
    const codec = codecOf(message.data);
    if (codec === null) {
      this.dropped += 1;
      return false;
    }
    if (this.#decoder?.state === "configured" && this.#codec === codec) return true;
    this.close();
    this.#codec = codec;
    const decoder = new VideoDecoder({ output: (frame) => this.#output(frame), error: (error) => this.#error(decoder, error) });
    decoder.addEventListener("dequeue", () => this.#hooks.ready());
    this.#decoder = decoder;
    try {
      decoder.configure({ codec, optimizeForLatency: true });
    } catch (error) {
      this.#error(decoder, error);
      return false;
    }
    return true;
  }

  /** @param {VideoFrame} frame */
  #output(frame) {
    const under = this.#under.get(frame.timestamp);
    this.#under.delete(frame.timestamp);
    this.#failures = 0;
    this.decoded += 1;
    if (!under) {
      frame.close();
      return;
    }
    this.decodeS += (performance.now() - under.at) / 1000;
    this.#hooks.picture(frame, under.message);
  }

  /**
   * @param {VideoDecoder} decoder
   * @param {unknown} error
   */
  #error(decoder, error) {
    if (decoder !== this.#decoder) return;
    this.close();
    const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
    this.#failures += name === "NotSupportedError" ? MOST_FAILURES : 1;
    this.#waitsForIdr = true;
    if (this.#failures >= MOST_FAILURES) this.#hooks.failed(message);
    else this.#hooks.needIdr();
    this.#hooks.ready();
  }

  #skipToIdr() {
    this.dropped += this.waiting;
    this.close();
    this.#waitsForIdr = true;
    this.#hooks.needIdr();
  }
}
