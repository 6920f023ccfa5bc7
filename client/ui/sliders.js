/** Sliders that follow the simulation, except the one in a hand: last wins, and nobody is fought.
 *
 * Values go straight into the inputs thirty times a second; the list is drawn anew only when it scrolls.
 */

import { modelOf } from "../panels/model.js";
import { rounded } from "../panels/scales.js";
import { html, useEffect, useLayoutEffect, useRef } from "../vendor/preact.js";
import { fixed } from "../words.js";
import { VirtualList } from "./virtual-list.js";

const HELD_AFTER_MS = 400; // a key or a wheel turns in steps; between them the slider is still in the hand
const STEPS = 1000;
const WHOLE_UP_TO = 512; // values: longer arrays are watched only where they are in view
const BLOCK = 128;

/** @typedef {import("../panels/scales.js").Slider} Slider */
/** @typedef {{range: HTMLInputElement, number: HTMLInputElement, heldUntil: number}} Row */

/**
 * @param {object} props
 * @param {import("../state.js").PageState} props.page
 * @param {"qpos" | "ctrl"} props.array
 * @param {number} props.size  of the array
 * @param {(Slider | {text: string, label: string, note: string, index: number, count: number})[]} props.rows
 * @param {(values: [number, number][]) => void} props.send
 */
export function Sliders({ page, array, size, rows, send }) {
  const { values } = modelOf(page);
  const shown = useRef(/** @type {Map<number, Row>} */ (new Map()));
  const texts = useRef(/** @type {Map<number, HTMLElement>} */ (new Map()));
  const want = useRef(/** @type {import("../panels/live-values.js").Want | null} */ (null));
  const sender = useRef(/** @type {Sender | null} */ (null));
  sender.current ??= new Sender();
  sender.current.send = send;

  /** @param {import("../panels/live-values.js").Frame} frame */
  const show = (frame) => {
    const now = performance.now();
    const read = (/** @type {number} */ index) =>
      size <= WHOLE_UP_TO ? frame.number(array, index) : frame.number(fieldAt(array, index, size), index % BLOCK);
    for (const [at, row] of shown.current) {
      const slider = /** @type {Slider} */ (rows[at]);
      if (!slider || now < row.heldUntil || sender.current?.waits(slider.index)) continue;
      const value = read(slider.index);
      if (Number.isFinite(value)) place(row, slider, value);
    }
    for (const [at, element] of texts.current) {
      const { index, count } = /** @type {any} */ (rows[at] ?? { index: 0, count: 0 });
      const digits = count > 4 ? 2 : 3;
      element.textContent = Array.from({ length: count }, (_, k) => fixed(read(index + k), digits)).join(" ");
    }
  };
  const latest = useRef(show);
  latest.current = show;
  useEffect(() => {
    want.current = values.want({ fields: size <= WHOLE_UP_TO ? [array] : [], hz: 30, show: (frame) => latest.current(frame) });
    return () => want.current?.release();
  }, [array, size]);
  const onRange = (/** @type {number} */ first, /** @type {number} */ last) => {
    if (size > WHOLE_UP_TO) {
      const indices = rows.slice(first, last).flatMap(({ index, ...row }) => [index, index + (("count" in row ? row.count : 1) - 1)]);
      want.current?.change([...new Set(indices.map((index) => fieldAt(array, index, size)))]);
    }
    const frame = values.newest;
    if (frame) latest.current(frame);
  };
  const height = matchMedia("(pointer: coarse)").matches ? 84 : 60;
  return html`<${VirtualList}
    count=${rows.length}
    rowHeight=${height}
    onRange=${onRange}
    row=${(/** @type {number} */ at) => {
      const row = rows[at];
      if ("text" in row) return html`<${TextRow} key=${at} row=${row} at=${at} texts=${texts.current} height=${height} />`;
      return html`<${SliderRow} key=${at} slider=${row} at=${at} shown=${shown.current} sender=${sender.current} height=${height} />`;
    }}
  />`;
}

/** The block of a long array that holds `index`.
 * @param {string} array @param {number} index @param {number} size
 */
function fieldAt(array, index, size) {
  const start = Math.floor(index / BLOCK) * BLOCK;
  return `${array}[${start}:${Math.min(size, start + BLOCK)}]`;
}

/** @param {Row} row @param {Slider} slider @param {number} value  MuJoCo's */
function place(row, slider, value) {
  const shown = value * slider.scale;
  const text = rounded(shown, (slider.high - slider.low) * slider.scale);
  row.range.value = String(shown);
  if (document.activeElement !== row.number && row.number.value !== text) row.number.value = text;
}

/** What is being set, sent once for each picture of the screen. */
class Sender {
  /** @type {(values: [number, number][]) => void} */
  send = () => {};
  /** @type {Map<number, number>} */
  #waiting = new Map();

  /** @param {number} index @param {number} value */
  set(index, value) {
    if (this.#waiting.size === 0) {
      requestAnimationFrame(() => {
        const values = [...this.#waiting];
        this.#waiting.clear();
        this.send(values);
      });
    }
    this.#waiting.set(index, value);
  }

  /** @param {number} index */
  waits(index) {
    return this.#waiting.has(index);
  }
}

/** @param {{slider: Slider, at: number, shown: Map<number, Row>, sender: Sender, height: number}} props */
function SliderRow({ slider, at, shown, sender, height }) {
  const range = useRef(/** @type {HTMLInputElement | null} */ (null));
  const number = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [low, high] = [slider.low * slider.scale, slider.high * slider.scale];
  useLayoutEffect(() => {
    if (!range.current || !number.current) return;
    const row = { range: range.current, number: number.current, heldUntil: 0 };
    shown.set(at, row);
    place(row, slider, slider.rest);
    return () => void (shown.get(at) === row && shown.delete(at));
  }, [at, slider]);
  const hold = (/** @type {number} */ ms) => {
    const row = shown.get(at);
    if (row) row.heldUntil = performance.now() + ms;
  };
  const set = (/** @type {number} */ value) => {
    if (!Number.isFinite(value)) return;
    const row = shown.get(at);
    if (row) place(row, slider, value / slider.scale);
    sender.set(slider.index, value / slider.scale);
  };
  const reset = () => {
    hold(HELD_AFTER_MS);
    set(slider.rest * slider.scale);
  };
  const id = `slider-${slider.index}`;
  return html`<div class="slider-row" style=${{ height: `${height}px` }}>
    <div class="slider-head">
      <label for=${id} title=${`${slider.label}: ${slider.note}`}>${slider.label}</label>
      ${slider.open && html`<span class="slider-open" title="The model sets no limits; the slider shows a usual range">∞</span>`}
      <input
        ref=${number}
        type="number"
        step="any"
        aria-label=${`${slider.label}, number`}
        onChange=${(/** @type {any} */ event) => {
          hold(HELD_AFTER_MS);
          set(event.target.valueAsNumber);
        }}
        onKeyDown=${(/** @type {any} */ event) => event.key === "Enter" && event.target.blur()}
      />
      <span class="slider-unit">${slider.unit}</span>
    </div>
    <input
      ref=${range}
      id=${id}
      type="range"
      min=${low}
      max=${high}
      step=${(high - low) / STEPS || "any"}
      title=${`${rounded(low, high - low)} to ${rounded(high, high - low)} ${slider.unit}; double-click or Delete resets`}
      onPointerDown=${() => hold(Infinity)}
      onPointerUp=${() => hold(HELD_AFTER_MS)}
      onPointerCancel=${() => hold(HELD_AFTER_MS)}
      onInput=${(/** @type {any} */ event) => {
        const row = shown.get(at);
        if (row && row.heldUntil !== Infinity) hold(HELD_AFTER_MS);
        set(event.target.valueAsNumber);
      }}
      onDblClick=${reset}
      onKeyDown=${(/** @type {any} */ event) => {
        if (event.key !== "Delete") return;
        event.preventDefault();
        reset();
      }}
    />
  </div>`;
}

/** A joint that has no slider: its numbers.
 * @param {{row: {label: string, note: string, text: string}, at: number, texts: Map<number, HTMLElement>, height: number}} props
 */
function TextRow({ row, at, texts, height }) {
  const element = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    if (element.current) texts.set(at, element.current);
    return () => void texts.delete(at);
  }, [at]);
  return html`<div class="slider-row" style=${{ height: `${height}px` }} title=${row.note}>
    <div class="slider-head"><span class="slider-name">${row.label}</span><span class="slider-unit">${row.text}</span></div>
    <p class="slider-text" ref=${element}></p>
  </div>`;
}
