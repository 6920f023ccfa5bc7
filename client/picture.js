/** The `<video>` and its last picture: a lost connection must never leave a blank view, so a canvas keeps the picture
 * until the next connection shows one. The canvas covers the nearest positioned ancestor, as the video should.
 */

export class PictureElement {
  #video;
  #still = document.createElement("canvas");
  #held = false;
  #current = false; // what the <video> shows is of the newest connection
  #frameHandle = 0;
  #onPicture;
  #onGesture;
  #listeners = new AbortController();

  /**
   * @param {HTMLVideoElement} video
   * @param {(now: number, metadata: {expectedDisplayTime?: number, rtpTimestamp?: number}) => void} onPicture
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

  /** @param {MediaStreamTrack} track */
  show(track) {
    this.#video.srcObject = new MediaStream([track]);
    this.#current = true;
    this.play();
  }

  play() {
    this.#video.play().then(
      () => this.#onGesture(false),
      (error) => error.name === "NotAllowedError" && this.#onGesture(true), // AbortError: a newer track took over
    );
  }

  /** Keep what is on the screen until a new picture comes. */
  hold() {
    this.#current = false;
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
   * @param {{expectedDisplayTime?: number, rtpTimestamp?: number}} metadata
   */
  #shown(now, metadata) {
    if (!this.#current) return;
    if (this.#held) {
      this.#held = false;
      this.#still.hidden = true;
    }
    this.#onPicture(now, metadata);
  }
}
