/** While teleoperation is on: watches keys and gamepad, sends `set_ctrl`, and lets go when hands or focus are gone.
 *
 * What is sent ends by itself on the server unless it is renewed, so that a lost connection never leaves a robot driving.
 */

import { AXES, axisValues, ctrlShares, isTeleopKey } from "./teleop.js";
import { signal } from "./vendor/preact.js";

const LEASE_S = 1;
const RENEW_MS = 300;
const TICK_MS = 33;

export class TeleopDrive {
  /** Where each axis is now, for the page. */
  axes = signal(/** @type {Record<string, number>} */ (Object.fromEntries(AXES.map(({ name }) => [name, 0]))));
  padName = signal("");
  /** @type {import("./teleop.js").Mapping} */
  mapping = {};
  /** @type {Set<string>} */
  #keys = new Set();
  #seq = 0;
  #sent = "";
  #sentAt = -Infinity;
  #moving = false;
  #send;
  #listeners = new AbortController();
  #timer;

  /** @param {(message: import("./messages.js").SetCtrl) => void} send */
  constructor(send) {
    this.#send = send;
    const { signal: ended } = this.#listeners;
    addEventListener("blur", () => this.letGo(), { signal: ended });
    document.addEventListener("visibilitychange", () => document.hidden && this.letGo(), { signal: ended });
    document.addEventListener("focusin", (event) => isField(event.target) && this.letGo(), { signal: ended });
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** A key went down or up; whether it was one of ours.
   * @param {KeyboardEvent} event @param {boolean} down
   */
  key(event, down) {
    if (!isTeleopKey(event.code)) return false;
    if (!down) this.#keys.delete(event.code);
    else if (event.ctrlKey || event.altKey || event.metaKey) return false;
    else this.#keys.add(event.code);
    this.#tick();
    return true;
  }

  /** Every axis back to rest. */
  letGo() {
    this.#keys.clear();
    this.#tick(true);
  }

  stop() {
    clearInterval(this.#timer);
    this.#listeners.abort();
    this.letGo();
  }

  #tick(rest = false) {
    const pad = rest || !document.hasFocus() ? null : (navigator.getGamepads?.().find((one) => one?.connected) ?? null);
    if (this.padName.peek() !== (pad?.id ?? "")) this.padName.value = pad?.id ?? "";
    const axes = axisValues(this.#keys, pad);
    const before = this.axes.peek();
    if (AXES.some(({ name }) => axes[name] !== before[name])) this.axes.value = axes;
    const values = ctrlShares(axes, this.mapping);
    const moving = values.some(([, share]) => share !== 0);
    const text = JSON.stringify(values);
    const now = performance.now();
    const due = text !== this.#sent || now - this.#sentAt >= RENEW_MS;
    if ((moving || this.#moving) && due) {
      this.#seq += 1;
      this.#send({ type: "set_ctrl", values, scale: "share", lease_s: LEASE_S, seq: this.#seq });
      this.#sent = text;
      this.#sentAt = now;
      this.#moving = moving;
    }
  }
}

/** @param {EventTarget | null} target */
function isField(target) {
  return target instanceof HTMLElement && (target.matches("input, textarea, select") || target.isContentEditable);
}
