/** One plot of uPlot that looks like the page: its colours, its font, both themes. */

import UPlot from "../vendor/uplot.js";

export const COLOURS = 8;
const FONT = "11px system-ui, sans-serif";

/** @typedef {{values: (number | null)[], label: string}} Curve */

export class Plot {
  #plot;
  #element;
  #colours;
  #filled;
  #window = [0, 1];

  /**
   * @param {HTMLElement} element  what it fills
   * @param {string[]} units  of each curve; each unit has a scale of its own, the first two have an axis
   * @param {number} height  px
   * @param {{filled?: boolean, dots?: boolean}} [options]  filled: each curve lies on the one before, and the room between is its
   *   colour; dots: each value is marked, for curves that may have only one
   */
  constructor(element, units, height, { filled = false, dots = false } = {}) {
    const curves = units.length;
    const scales = [...new Set(units)];
    const scaleOf = (/** @type {number} */ index) => `y${scales.indexOf(units[index])}`;
    this.#element = element;
    this.#colours = new Colours(element);
    this.#filled = filled;
    const colour = (/** @type {number} */ index) => () => this.#colours.of(`--plot-${(index % COLOURS) + 1}`);
    const order = Array.from({ length: curves }, (_, index) => (filled ? curves - 1 - index : index));
    const ink = () => this.#colours.of("--muted");
    const line = () => this.#colours.of("--line");
    const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { show: false }, font: FONT };
    this.#plot = new UPlot(
      {
        width: Math.max(60, element.clientWidth),
        height,
        padding: [6, 8, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        scales: {
          x: { time: false, range: () => /** @type {[number, number]} */ (this.#window) },
          ...Object.fromEntries(scales.map((_unit, at) => [`y${at}`, { range: filled ? fromZero : spread }])),
        },
        axes: [
          { ...axis, size: 22, gap: 2, space: 46, values: (_, splits) => splits.map((at) => String(Number(at.toFixed(3)))) },
          ...scales.slice(0, 2).map((_unit, at) => ({
            ...axis,
            scale: `y${at}`,
            side: at === 0 ? 3 : 1,
            size: 42,
            gap: 2,
            space: 26,
            ...(at > 0 ? { grid: { show: false } } : {}),
            values: (/** @type {UPlot} */ _plot, /** @type {number[]} */ splits) => splits.map(short),
          })),
        ],
        series: [
          {},
          ...order.map((index) => ({
            scale: scaleOf(index),
            stroke: colour(index),
            ...(filled ? { fill: colour(index) } : {}),
            width: filled ? 0 : 1.5,
            spanGaps: false,
            points: { show: dots, size: 5 },
          })),
        ],
      },
      Array.from({ length: curves + 1 }, () => []),
      element,
    );
  }

  /** @param {number[]} times @param {(number | null)[][]} curves @param {[number, number]} window  s */
  show(times, curves, window) {
    this.#window = window;
    this.#plot.setData([times, ...(this.#filled ? curves.toReversed() : curves)]);
  }

  /** The room for it may have changed. */
  fit() {
    const width = Math.max(60, this.#element.clientWidth);
    if (width !== this.#plot.root.clientWidth) this.#plot.setSize({ width, height: this.#plot.root.clientHeight });
  }

  /** The theme has changed. */
  recolour() {
    this.#colours.forget();
    this.#plot.redraw(false, true);
  }

  destroy() {
    this.#colours.forget();
    this.#plot.destroy();
  }
}

/** @param {UPlot} _ @param {number | null} _min @param {number | null} max @returns {[number, number]} */
function fromZero(_, _min, max) {
  return [0, Math.max(1e-6, (max ?? 0) * 1.08)];
}

/** A range around what there is, never empty.
 * @param {UPlot} _ @param {number | null} min @param {number | null} max @returns {[number, number]}
 */
function spread(_, min, max) {
  if (min === null || max === null) return [0, 1];
  const room = max > min ? 0.08 * (max - min) : Math.max(1e-6, Math.abs(max) * 0.1);
  return [min - room, max + room];
}

/** @param {number} value */
function short(value) {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e5 || size < 1e-3)) return value.toExponential(0);
  return String(Number(value.toPrecision(5)));
}

/** Colours of tokens.css as a canvas wants them; asked of the browser once for each theme. */
class Colours {
  /** @type {Map<string, string>} */
  #known = new Map();
  #element;

  /** @param {HTMLElement} element  in whose colour scheme they are meant */
  constructor(element) {
    this.#element = element;
  }

  /** @param {string} token */
  of(token) {
    let colour = this.#known.get(token);
    if (colour === undefined) {
      const probe = document.createElement("span");
      probe.style.color = `var(${token})`;
      this.#element.append(probe);
      colour = getComputedStyle(probe).color;
      probe.remove();
      this.#known.set(token, colour);
    }
    return colour;
  }

  forget() {
    this.#known.clear();
  }
}
