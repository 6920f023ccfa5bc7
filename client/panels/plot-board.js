/** The plots of a page: which curves are in which, what was recorded of them. Lives on while another tab is open. */

import { stored } from "../prefs.js";
import { computed, effect, signal } from "../vendor/preact.js";
import { modelOf } from "./model.js";
import { Recorder } from "./recorder.js";
import { firstSeries, seriesById, valueOf } from "./series.js";

export const MOST_PLOTS = 6;
export const MOST_CURVES = 8;
export const WINDOWS_S = [2, 5, 10, 20, 60];

/** @typedef {import("./series.js").Series} Series */

export class PlotBoard {
  /** Ids of the curves of each plot; null: nobody has chosen, the model's first sensors are shown. */
  chosen = stored("plots", /** @type {string[][]} */ ([]));
  windowS = stored("plotWindow", 10);
  paused = signal(false);
  recorder = new Recorder();
  #page;
  #values;
  /** @type {import("./live-values.js").Want | null} */
  #want = null;
  /** @type {Set<() => void>} */
  #painters = new Set();
  #due = false;

  /** @param {import("../state.js").PageState} page */
  constructor(page) {
    this.#page = page;
    const { details, values } = modelOf(page);
    this.#values = values;
    this.plots = computed(() => {
      const facts = details.facts.value;
      return this.chosen.value.length > 0 || !facts ? this.chosen.value : [firstSeries(facts)];
    });
    this.series = computed(() => {
      const facts = details.facts.value;
      return facts ? seriesById(facts, this.plots.value.flat()) : /** @type {Map<string, Series>} */ (new Map());
    });
    let scene = -1;
    effect(() => {
      const now = details.facts.value?.scene_id ?? -1;
      if (now !== scene) this.recorder.clear();
      scene = now;
    });
    effect(() => {
      this.recorder.choose(this.series.value.keys());
      this.#want?.change(this.#fields());
    });
    effect(() => {
      if (this.paused.value) this.recorder.interrupt();
      this.#want?.change(this.#fields());
    });
  }

  /** Record while somebody looks. @returns {() => void} stops */
  watch() {
    this.recorder.interrupt();
    const want = this.#values.want({ fields: this.#fields(), hz: 30, show: (frame) => this.#add(frame) });
    this.#want = want;
    const hidden = () => this.recorder.interrupt();
    document.addEventListener("visibilitychange", hidden);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      want.release();
      if (this.#want === want) this.#want = null;
    };
  }

  /** Call `paint` in the next picture of the screen after each sample. @param {() => void} paint @returns {() => void} stops */
  onPaint(paint) {
    this.#painters.add(paint);
    this.repaint();
    return () => this.#painters.delete(paint);
  }

  repaint() {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      for (const paint of this.#painters) paint();
    });
  }

  clear() {
    this.recorder.clear();
    this.repaint();
  }

  addPlot() {
    if (this.plots.value.length < MOST_PLOTS) this.chosen.value = [...this.plots.value, []];
  }

  /** @param {number} plot */
  removePlot(plot) {
    this.chosen.value = this.plots.value.filter((_, at) => at !== plot);
  }

  /** @param {number} plot @param {string} id  added, or taken out */
  toggle(plot, id) {
    this.chosen.value = this.plots.value.map((ids, at) => {
      if (at !== plot) return ids;
      return ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id].slice(0, MOST_CURVES);
    });
  }

  /** What the plots show, as a file for the person. */
  download() {
    const series = [...this.series.value.values()];
    const url = URL.createObjectURL(new Blob([this.recorder.csv(series, this.windowS.value)], { type: "text/csv" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${(this.#page.scene.value?.name ?? "simulation").replace(/[^\w-]+/g, "_")}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  #fields() {
    return this.paused.peek() ? [] : [...this.series.peek().values()].flatMap(({ fields }) => fields);
  }

  /** @param {import("./live-values.js").Frame} frame */
  #add(frame) {
    const series = this.series.peek();
    this.recorder.add(frame.timeS, (id) => {
      const found = series.get(id);
      return found ? valueOf(found, frame) : NaN;
    });
    this.repaint();
  }
}

/** @type {WeakMap<import("../state.js").PageState, PlotBoard>} */
const boards = new WeakMap();

/** @param {import("../state.js").PageState} page */
export function boardOf(page) {
  let board = boards.get(page);
  if (!board) boards.set(page, (board = new PlotBoard(page)));
  return board;
}
