/** What people look at: the `<video>`, and a canvas over it that shows what the video does not. A lost connection must never
 * leave a blank view, so the canvas keeps the last picture until the next connection shows one; and the pictures of the
 * second transport are painted on it. It covers the nearest positioned ancestor, as the video should.
 */

/** @typedef {{expectedDisplayTime?: number, rtpTimestamp?: number, capturedS?: number}} Metadata */

export class PictureElement {
  #video;
  #still = document.createElement("canvas");
  #held = false;
  #current = false; // what the <video> shows is of the newest connection
  #behind = false; // the <video> plays under the canvas, to see whether it can
  #frameHandle = 0;
  #onPicture;
  #onGesture;
  #listeners = new AbortController();

  /**
   * @param {HTMLVideoElement} video
   * @param {(now: number, metadata: Metadata) => void} onPicture  of the video, also when it plays behind
   * @param {(needed: boolean) => void} onGesture  the browser wants a click before it plays
   */
  constructor(video, onPicture, onGesture) {
    this.#video = video;
    this.#onPicture = onPicture;
    this.#onGesture = onGesture;
    this.#still.className = "still";
    this.#still.hidden = true;
    Object.assign(this.#still.style, {
      position: "absolute",
      inset: "0",
      width: "100%",
      height: "100%",
      objectFit: "contain",
      pointerEvents: "none",
    });
    this.#still.setAttribute("aria-hidden", "true");
    video.after(this.#still);
    this.#watch();
  }

  /** @param {MediaStreamTrack} track
   * @param {boolean} behind  play it under the canvas until `showVideo`
   */
  show(track, behind = false) {
    this.#video.srcObject = new MediaStream([track]);
    this.#current = !behind;
    this.#behind = behind;
    this.play();
  }

  /** The canvas is to be seen; what the video has goes on behind it. */
  hideVideo() {
    this.hold();
    this.#behind = this.#video.srcObject !== null;
  }

  /** What plays behind is to be seen. */
  showVideo() {
    this.#current = true;
    this.#behind = false;
  }

  /** Give up what plays behind. */
  dropBehind() {
    if (!this.#behind) return;
    this.#behind = false;
    this.#video.srcObject = null;
  }

  /** Show a picture that was decoded by the page.
   * @param {CanvasImageSource} frame
   * @param {number} width  px
   * @param {number} height
   */
  paint(frame, width, height) {
    if (this.#still.width !== width || this.#still.height !== height) Object.assign(this.#still, { width, height });
    this.#still.getContext("2d")?.drawImage(frame, 0, 0, width, height);
    this.#still.hidden = false;
    if (!this.#held) this.#onGesture(false);
    this.#held = true;
    this.#current = false;
    if (!this.#behind && this.#video.srcObject) this.#video.srcObject = null; // it would show through beside the picture
  }

  /** Width and height of what is shown, px; 0 before the first picture.
   * @returns {[number, number]}
   */
  get size() {
    return this.#held ? [this.#still.width, this.#still.height] : [this.#video.videoWidth, this.#video.videoHeight];
  }

  play() {
    this.#video.play().then(
      () => this.#onGesture(false),
      (error) => error.name === "NotAllowedError" && this.#onGesture(true), // AbortError: a newer track took over
    );
  }

  /** Keep what is on the screen until a new picture comes. */
  hold() {
    this.#current = this.#behind = false;
    const { videoWidth: width, videoHeight: height } = this.#video;
    if (this.#held || width === 0 || this.#video.srcObject === null) return;
    this.#still.width = width;
    this.#still.height = height;
    this.#still.getContext("2d")?.drawImage(this.#video, 0, 0);
    this.#still.hidden = false;
    this.#held = true;
  }

  detach() {
    this.#listeners.abort();
    this.#video.cancelVideoFrameCallback?.(this.#frameHandle);
    this.#video.srcObject = null;
    this.#still.remove();
  }

  #watch() {
    if (!this.#video.requestVideoFrameCallback) {
      const { signal } = this.#listeners;
      for (const name of ["loadeddata", "timeupdate"]) {
        this.#video.addEventListener(name, () => this.#shown(performance.now(), {}), { signal });
      }
      return;
    }
    const next = (/** @type {number} */ now, /** @type {VideoFrameCallbackMetadata} */ metadata) => {
      this.#frameHandle = this.#video.requestVideoFrameCallback(next);
      this.#shown(now, metadata);
    };
    this.#frameHandle = this.#video.requestVideoFrameCallback(next);
  }

  /**
   * @param {number} now
   * @param {Metadata} metadata
   */
  #shown(now, metadata) {
    if (!this.#current && !this.#behind) return;
    if (this.#held && this.#current) {
      this.#held = false;
      this.#still.hidden = true;
    }
    this.#onPicture(now, metadata);
  }
}
