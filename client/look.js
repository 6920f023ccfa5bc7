/** What the picture shows, as the room has it, and what a person can do about it. Shown at once, before the server says so. */

import { FLAGS, FRAMES, LABELS } from "./look-table.js";
import { signal } from "./vendor/preact.js";

/** @typedef {import("./messages.js").Look} Look */
/** @typedef {keyof Look["groups"]} GroupKind */

export class LookControl {
  look = signal(/** @type {Look | null} */ (null));
  #send;
  #say;

  /**
   * @param {(message: import("./messages.js").SetLook) => void} send
   * @param {(text: string, hint?: string) => void} say
   */
  constructor(send, say) {
    this.#send = send;
    this.#say = say;
  }

  /** @param {string} name  of a flag */
  toggle(name) {
    const look = this.look.value;
    const flag = FLAGS.find((one) => one.name === name);
    if (!look || !flag) return;
    const on = !look.flags[name];
    this.#change({ flags: { [name]: on } }, { flags: { ...look.flags, [name]: on } });
    const held = on && (name === "shadow" || name === "reflection") && look.hidden.includes(/** @type {any} */ (name));
    this.#say(`${flag.title} ${on ? "on" : "off"}.`, held ? "The picture quality in use leaves it out." : "");
  }

  /**
   * @param {GroupKind} kind
   * @param {number} index  0-5
   */
  toggleGroup(kind, index) {
    const look = this.look.value;
    if (!look) return;
    const shown = /** @type {Look["groups"][GroupKind]} */ ([...look.groups[kind]]);
    shown[index] = !shown[index];
    this.#change({ groups: { [kind]: { [index]: shown[index] } } }, { groups: { ...look.groups, [kind]: shown } });
    this.#say(`${kind[0].toUpperCase()}${kind.slice(1)} group ${index} ${shown[index] ? "shown" : "hidden"}.`);
  }

  /** @param {"label" | "frame"} what */
  cycle(what) {
    const look = this.look.value;
    if (!look) return;
    const modes = /** @type {readonly string[]} */ (what === "label" ? LABELS : FRAMES);
    const next = modes[(modes.indexOf(look[what]) + 1) % modes.length];
    this.choose({ [what]: next });
    this.#say(`${what === "label" ? "Labels" : "Frames"}: ${next}.`);
  }

  /** A single choice: label, frame, depth, layer, headlight.
   * @param {Partial<Pick<Look, "label" | "frame" | "tree_depth" | "flex_layer" | "headlight">>} choice
   */
  choose(choice) {
    this.#change(choice, choice);
  }

  reset() {
    this.#send({ type: "set_look", reset: true });
    this.#say("The picture shows what it shows at first.");
  }

  /**
   * @param {Omit<import("./messages.js").SetLook, "type">} command
   * @param {Partial<Look>} after
   */
  #change(command, after) {
    const look = this.look.value;
    if (look) this.look.value = { ...look, ...after };
    this.#send({ type: "set_look", ...command });
  }
}
