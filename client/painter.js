/** Paints decoded pictures, the newest at each repaint of the screen; those that it overtook are thrown away. */

/** @typedef {import("./video-message.js").VideoMessage} VideoMessage */

export class Painter {
  overtaken = 0;
  #paint;
  /** @type {{frame: VideoFrame | ImageBitmap, message: VideoMessage} | null} */
  #next = null;
  #handle = 0;

  /** @param {(frame: VideoFrame | ImageBitmap, message: VideoMessage, now: number) => void} paint */
  constructor(paint) {
    this.#paint = paint;
  }

  /** @param {VideoFrame | ImageBitmap} frame  closed here, sooner or later
   * @param {VideoMessage} message
   */
  push(frame, message) {
    if (this.#next) {
      this.overtaken += 1;
      this.#next.frame.close();
    }
    this.#next = { frame, message };
    this.#handle ||= requestAnimationFrame((now) => this.#repaint(now));
  }

  close() {
    cancelAnimationFrame(this.#handle);
    this.#handle = 0;
    this.#next?.frame.close();
    this.#next = null;
  }

  /** @param {number} now */
  #repaint(now) {
    this.#handle = 0;
    const next = this.#next;
    this.#next = null;
    if (!next) return;
    this.#paint(next.frame, next.message, now);
    next.frame.close();
  }
}
