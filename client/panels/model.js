/** The running model by name, and its live values: one of each for the page, made when the first panel wants it. */

import { effect, signal } from "../vendor/preact.js";
import { LiveValues } from "./live-values.js";

/** @typedef {import("./facts.js").Facts} Facts */

/** The facts of the scene that is shown, and the next page of them. */
export class ModelDetails {
  /** @type {import("../vendor/preact.js").Signal<Facts | null>} */
  facts = signal(/** @type {Facts | null} */ (null));
  problem = signal("");
  loadingMore = signal(false);
  #page;
  #turn = 0;

  /** @param {import("../state.js").PageState} page */
  constructor(page) {
    this.#page = page;
    effect(() => {
      if (page.scene.value) void this.load();
    });
  }

  /** Take them from the server, from the start. */
  async load() {
    const turn = (this.#turn += 1);
    this.problem.value = "";
    const facts = await this.#ask(0);
    if (turn === this.#turn && facts) this.facts.value = facts;
  }

  /** Add the next page of every list that has one. */
  async loadMore() {
    const before = this.facts.value;
    if (!before || this.loadingMore.value) return;
    this.loadingMore.value = true;
    const turn = this.#turn;
    const next = await this.#ask(before.offset + before.limit);
    this.loadingMore.value = false;
    if (turn !== this.#turn || !next || next.scene_id !== before.scene_id) return;
    /** @type {any} */
    const joined = { ...before, offset: next.offset, more: next.more };
    for (const [key, list] of Object.entries(next)) {
      if (Array.isArray(list) && key !== "fields") joined[key] = [...joined[key], ...list];
    }
    this.facts.value = joined;
  }

  /** @param {number} offset @returns {Promise<Facts | null>} */
  async #ask(offset) {
    try {
      return await this.#page.ask(`api/scene/details?offset=${offset}`);
    } catch (error) {
      this.problem.value = error instanceof Error ? error.message : String(error);
      return null;
    }
  }
}

/** @type {WeakMap<import("../state.js").PageState, {details: ModelDetails, values: LiveValues}>} */
const models = new WeakMap();

/** @param {import("../state.js").PageState} page */
export function modelOf(page) {
  let model = models.get(page);
  if (!model) {
    model = { details: new ModelDetails(page), values: new LiveValues(page) };
    models.set(page, model);
  }
  return model;
}
