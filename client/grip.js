/** A hand on a body: asks for it, follows the pointer, lets go. One at a time; the server opens it too when this page is silent.
 *
 * The answer takes a round trip. A hand that was asked for by Ctrl moves at once, and one by direct drag only when the server
 * says that a body is in it: on the background the same drag turns the camera.
 */

/** @typedef {"idle" | "asked" | "holding"} GripState */

const ANSWER_MS = 1000;
const ALIVE_MS = 400;

export class Grip {
  /** @type {GripState} */
  state = "idle";
  #number = Math.floor(Math.random() * 2 ** 30);
  #send;
  #say;
  /** @type {((held: boolean) => void) | null} */
  #answered = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #limit;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #alive;
  /** @type {import("./messages.js").PerturbMove | null} */
  #last = null;

  /**
   * @param {(message: import("./messages.js").PerturbStart | import("./messages.js").PerturbMove
   *   | import("./messages.js").PerturbEnd) => void} send
   * @param {(text: string) => void} say
   */
  constructor(send, say) {
    this.#send = send;
    this.#say = say;
  }

  /** Close the hand at a point of the picture.
   * @param {"force" | "torque" | "drag"} mode
   * @param {[number, number]} at  -1..1
   * @param {(held: boolean) => void} answered  called once, unless the hand opens before
   */
  close(mode, at, answered = () => {}) {
    this.open();
    this.#number += 1;
    this.state = "asked";
    this.#answered = answered;
    const [x, y] = at;
    this.#last = { type: "perturb_move", grip: this.#number, x, y };
    this.#send({ type: "perturb_start", grip: this.#number, mode, x, y });
    this.#limit = setTimeout(() => this.#settle(false), ANSWER_MS);
    this.#alive = setInterval(() => this.#last && this.#send(this.#last), ALIVE_MS);
  }

  /** @param {import("./messages.js").Grip} answer */
  heard(answer) {
    if (answer.grip !== this.#number || this.state !== "asked") return;
    if (answer.body === null && answer.why && !answer.why.startsWith("there is nothing")) this.#say(`${sentence(answer.why)}`);
    this.#settle(answer.body !== null);
  }

  /** @param {[number, number]} at @param {boolean} horizontal  in the plane of the floor */
  move(at, horizontal) {
    if (this.state === "idle") return;
    const [x, y] = at;
    this.#last = { type: "perturb_move", grip: this.#number, x, y, plane: horizontal ? "horizontal" : "vertical" };
    this.#send(this.#last);
  }

  /** Let go. */
  open() {
    if (this.state !== "idle") this.#send({ type: "perturb_end" });
    this.#stop();
  }

  /** @param {boolean} held */
  #settle(held) {
    clearTimeout(this.#limit);
    const answered = this.#answered;
    this.#answered = null;
    if (held) {
      this.state = "holding";
      if (this.#last) this.#send(this.#last); // motion that came before the hand was closed counts for nothing there
    } else {
      this.open();
    }
    answered?.(held);
  }

  #stop() {
    clearTimeout(this.#limit);
    clearInterval(this.#alive);
    this.#answered = null;
    this.#last = null;
    this.state = "idle";
  }
}

/** @param {string} text */
function sentence(text) {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
