/** Single JPEG pictures: the last resort, where a page has no WebCodecs (plain http) or no H.264. The newest picture wins. */

/** @typedef {import("./video-message.js").VideoMessage} VideoMessage */

export class JpegDecoder {
  dropped = 0;
  decoded = 0;
  decodeS = 0;
  #hooks;
  #busy = false;
  #closed = false;
  /** @type {VideoMessage | null} */
  #next = null;

  /** @param {import("./decoder.js").DecoderHooks} hooks */
  constructor(hooks) {
    this.#hooks = hooks;
  }

  get waiting() {
    return (this.#busy ? 1 : 0) + (this.#next ? 1 : 0);
  }

  /** @param {VideoMessage} message */
  push(message) {
    if (this.#next) this.dropped += 1;
    this.#next = message;
    if (!this.#busy) void this.#work();
  }

  close() {
    this.#closed = true;
    this.#next = null;
  }

  async #work() {
    this.#busy = true;
    while (this.#next) {
      const message = this.#next;
      this.#next = null;
      const started = performance.now();
      try {
        const bitmap = await createImageBitmap(new Blob([message.data], { type: "image/jpeg" }));
        this.decoded += 1;
        this.decodeS += (performance.now() - started) / 1000;
        if (this.#closed) bitmap.close();
        else this.#hooks.picture(bitmap, message);
      } catch {
        this.dropped += 1; // a broken picture; the next one stands for itself
      }
      this.#hooks.ready();
    }
    this.#busy = false;
  }
}
