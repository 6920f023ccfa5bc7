/** Samples of many curves over simulated time: bounded, cut when time goes back, with holes where nothing was seen. Pure. */

const MOST_SAMPLES = 6000; // at 30 a second: 200 s
const SLACK = 600; // cutting the arrays now and then is cheaper than at each sample

export class Recorder {
  /** @type {number[]} simulated seconds, rising */
  times = [];
  /** @type {Map<string, (number | null)[]>} as long as `times` */
  columns = new Map();
  #broken = false;

  /** Keep these curves, forget others; a new one has holes where it was not seen.
   * @param {Iterable<string>} ids
   */
  choose(ids) {
    const wanted = new Set(ids);
    for (const id of this.columns.keys()) if (!wanted.has(id)) this.columns.delete(id);
    for (const id of wanted) if (!this.columns.has(id)) this.columns.set(id, new Array(this.times.length).fill(null));
  }

  /**
   * @param {number} time  at or before the last one: what came after it never happened
   * @param {(id: string) => number} value  NaN: a hole
   */
  add(time, value) {
    const last = this.times.length - 1;
    if (last >= 0 && time <= this.times[last]) this.#cutFrom(time);
    else if (this.#broken && last >= 0) this.#push((this.times[last] + time) / 2, () => NaN);
    this.#broken = false;
    this.#push(time, value);
    if (this.times.length > MOST_SAMPLES + SLACK) this.#drop(this.times.length - MOST_SAMPLES);
  }

  /** What comes next does not follow from what was last: the line is interrupted. */
  interrupt() {
    this.#broken = true;
  }

  clear() {
    this.#drop(this.times.length);
    this.#broken = false;
  }

  /** @param {number} time @param {(id: string) => number} value */
  #push(time, value) {
    this.times.push(time);
    for (const [id, column] of this.columns) {
      const now = value(id);
      column.push(Number.isFinite(now) ? now : null);
    }
  }

  /** @param {number} time */
  #cutFrom(time) {
    let keep = this.times.length;
    while (keep > 0 && this.times[keep - 1] >= time) keep -= 1;
    this.times.length = keep;
    for (const column of this.columns.values()) column.length = keep;
  }

  /** @param {number} count  from the start */
  #drop(count) {
    this.times.splice(0, count);
    for (const column of this.columns.values()) column.splice(0, count);
  }

  /** Index of the first sample that is shown in a window of `seconds` up to now; one more, so that the line enters it.
   * @param {number} seconds
   */
  firstIn(seconds) {
    const from = (this.times.at(-1) ?? 0) - seconds;
    let [low, high] = [0, this.times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[middle] < from) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  /** Of the window, as RFC 4180.
   * @param {{id: string, label: string, unit: string}[]} series
   * @param {number} seconds
   */
  csv(series, seconds) {
    const quoted = (/** @type {string} */ text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const head = ["time [s]", ...series.map(({ label, unit }) => quoted(unit ? `${label} [${unit}]` : label))].join(",");
    const from = (this.times.at(-1) ?? 0) - seconds;
    const lines = [head];
    for (let at = this.firstIn(seconds); at < this.times.length; at += 1) {
      if (this.times[at] < from) continue;
      const values = series.map(({ id }) => this.columns.get(id)?.[at] ?? "");
      if (values.some((value) => value !== "")) lines.push([+this.times[at].toFixed(9), ...values].join(",")); // a sum of steps ends in noise
    }
    return `${lines.join("\r\n")}\r\n`;
  }
}
