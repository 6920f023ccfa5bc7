/** Commands that depend on how things stand: pause or play, the next speed, the next camera, out of it again.
 *
 * The server says how things stand some while after it was told, so what was asked for last counts until it has said so. Otherwise
 * the second of two quick presses would do what the first one did.
 */

export const SPEEDS = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4];
const BELIEVED_MS = 1000;

/** One value of the server's that is asked to change. @template T */
export class Asked {
  /** @type {T | undefined} */
  #value;
  #until = -Infinity;

  /** @param {T} value @param {number} now  ms */
  ask(value, now) {
    this.#value = value;
    this.#until = now + BELIEVED_MS;
  }

  /** What it is, or is about to be: a request counts until the server says the same, or for a second where it never does.
   * @param {T} told  by the server
   * @param {number} now  ms
   * @returns {T}
   */
  of(told, now) {
    if (now < this.#until && told !== this.#value) return /** @type {T} */ (this.#value);
    this.#until = -Infinity;
    return told;
  }
}

/** @typedef {Pick<import("./messages.js").Status, "camera" | "selection"> & {simulation: {state: string, speed: number}}} Standing */

export class Driving {
  #send;
  #standing;
  #cameras;
  #now;
  #running = /** @type {Asked<boolean>} */ (new Asked());
  #speed = /** @type {Asked<number>} */ (new Asked());
  #camera = /** @type {Asked<string>} */ (new Asked());

  /**
   * @param {(message: import("./messages.js").ClientMessage) => void} send
   * @param {() => Standing | null} standing  as the server told it last
   * @param {() => readonly string[]} cameras  names of the model's; "" for one without
   * @param {() => number} now  ms
   */
  constructor(send, standing, cameras, now) {
    this.#send = send;
    this.#standing = standing;
    this.#cameras = cameras;
    this.#now = now;
  }

  togglePlay() {
    const running = this.#running.of(this.#standing()?.simulation.state === "running", this.#now());
    this.#send({ type: running ? "pause" : "play" });
    this.#running.ask(!running, this.#now());
  }

  /** @param {1 | -1} direction */
  changeSpeed(direction) {
    const speed = this.#speed.of(this.#standing()?.simulation.speed ?? 1, this.#now());
    const next =
      direction > 0
        ? SPEEDS.find((candidate) => candidate > speed * 1.01)
        : SPEEDS.findLast((candidate) => candidate < speed * 0.99);
    if (next === undefined) return;
    this.#send({ type: "set_speed", factor: next });
    this.#speed.ask(next, this.#now());
  }

  /** Free, then each of the model's. @param {1 | -1} direction */
  cycleCamera(direction) {
    const keys = ["free", ...this.#cameras().map((name, index) => fixed(name || `#${index}`))];
    const at = Math.max(0, keys.indexOf(this.#shown()));
    const next = keys[(at + direction + keys.length) % keys.length];
    if (next === "free") this.#send({ type: "set_camera", mode: "free" });
    else this.#send({ type: "set_camera", mode: "fixed", target: next.slice(fixed("").length) });
    this.#camera.ask(next, this.#now());
  }

  /** Esc: back to the free camera; from there, nothing is selected any more. */
  escape() {
    if (this.#shown() !== "free") {
      this.#send({ type: "set_camera", mode: "free" });
      this.#camera.ask("free", this.#now());
    } else if (this.#standing()?.selection) {
      this.#send({ type: "select", body: null });
    }
  }

  /** The camera as one word. */
  #shown() {
    const camera = this.#standing()?.camera;
    const told = camera?.mode === "fixed" ? fixed(camera.target ?? "") : (camera?.mode ?? "unknown");
    return this.#camera.of(told, this.#now());
  }
}

/** @param {string} name */
const fixed = (name) => `fixed:${name}`;
