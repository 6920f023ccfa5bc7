/** Live values for every panel of the page that shows any: one subscription, and to each its own.
 *
 * Nobody wants anything, or the tab is hidden: the server is told, and reads and sends nothing.
 */

import { parseField, plan } from "./fields.js";

const EVERY_MS = 100;

/** What a panel gets: numbers as they stood at `timeS`. `array` is null while the server does not send the field.
 * @typedef {object} Frame
 * @property {number} timeS
 * @property {(field: string) => (number | null)[] | null} array
 * @property {(field: string, at?: number) => number} number  one of them; NaN where there is none
 */
/** @typedef {{change: (fields: string[]) => void, release: () => void}} Want */

/** @typedef {{fields: string[], hz: number, show: (frame: Frame) => void, refused?: (problems: Record<string, string>) => void}} Wish */

export class LiveValues {
  #page;
  /** @type {Set<Wish>} */
  #wishes = new Set();
  /** @type {Map<string, import("./fields.js").Cut>} */
  #cuts = new Map();
  /** Of the wish before: its answers may still be on their way. @type {Map<string, import("./fields.js").Cut>} */
  #cutsBefore = new Map();
  /** Arrays of which one part was refused: asked for together, the others would be too. @type {Set<string>} */
  #apart = new Set();
  #asked = "";
  #planned = false;
  #askedAt = -Infinity;
  /** @type {import("../messages.js").Values | null} */
  #newest = null;

  /** @param {import("../state.js").PageState} page */
  constructor(page) {
    this.#page = page;
    page.listen("values", (/** @type {import("../messages.js").Values} */ values) => this.#show(values));
    page.listen("watching", (/** @type {import("../messages.js").Watching} */ watching) => this.#answered(watching));
    page.listen("welcome", () => {
      this.#asked = "";
      this.#plan();
    });
    document.addEventListener("visibilitychange", () => this.#plan());
  }

  /** The newest frame, for a panel that has just been drawn; null before the first. */
  get newest() {
    return this.#newest && this.#frame(this.#newest);
  }

  /** @param {Wish} wish  `show` is called for every frame, `refused` with what cannot be had
   * @returns {Want}
   */
  want(wish) {
    const kept = { ...wish };
    this.#wishes.add(kept);
    this.#plan();
    return {
      change: (fields) => {
        kept.fields = fields;
        this.#plan();
      },
      release: () => {
        this.#wishes.delete(kept);
        this.#plan();
      },
    };
  }

  /** Ask once for all that changed in this turn, and not more than ten times a second. */
  #plan() {
    if (this.#planned) return;
    this.#planned = true;
    const wait = Math.max(0, this.#askedAt + EVERY_MS - performance.now());
    setTimeout(() => {
      this.#planned = false;
      this.#askedAt = performance.now();
      this.#ask();
    }, wait);
  }

  #ask() {
    const wishes = document.hidden ? [] : [...this.#wishes].filter((wish) => wish.fields.length > 0);
    const { fields, cuts } = plan(
      wishes.flatMap((wish) => wish.fields),
      this.#apart,
    );
    const hz = Math.min(30, Math.max(1, ...wishes.map((wish) => wish.hz)));
    const asked = fields.length > 0 ? JSON.stringify([fields, hz]) : "";
    if (asked === this.#asked) {
      this.#cuts = cuts;
      return;
    }
    this.#cutsBefore = this.#cuts;
    this.#cuts = cuts;
    if (this.#page.tell({ type: "watch_values", fields, hz })) this.#asked = asked;
  }

  /** @param {import("../messages.js").Watching} watching */
  #answered(watching) {
    for (const [field, cut] of this.#cuts) {
      if (cut.field === field || !(cut.field in watching.problems)) continue;
      const name = parseField(field)?.name ?? "";
      if (!this.#apart.has(name)) this.#plan();
      this.#apart.add(name);
    }
    for (const wish of this.#wishes) {
      /** @type {Record<string, string>} */
      const problems = {};
      for (const field of wish.fields) {
        const problem = watching.problems[this.#cuts.get(field)?.field ?? field];
        if (problem) problems[field] = problem;
      }
      wish.refused?.(problems);
    }
  }

  /** @param {import("../messages.js").Values} values */
  #show(values) {
    this.#newest = values;
    const frame = this.#frame(values);
    for (const wish of [...this.#wishes]) if (wish.fields.length > 0) wish.show(frame);
  }

  /** @param {import("../messages.js").Values} values @returns {Frame} */
  #frame(values) {
    const sentOf = (/** @type {string} */ field) => {
      for (const cut of [this.#cuts.get(field), this.#cutsBefore.get(field)]) {
        if (cut && cut.field in values.values) return { cut, sent: values.values[cut.field] };
      }
      return {};
    };
    return {
      timeS: values.time_s,
      array: (field) => {
        const { cut, sent } = sentOf(field);
        if (!cut || !sent) return null;
        return cut.stop === null && cut.start === 0 ? sent : sent.slice(cut.start, cut.stop ?? undefined);
      },
      number: (field, at = 0) => {
        const { cut, sent } = sentOf(field);
        return (cut && sent?.[cut.start + at]) ?? NaN;
      },
    };
  }
}
