/** Gravity as a vector that one drags: the middle of the disc is straight down, half way out is level, the rim is up. */

import { isChanged, optionOf } from "../physics.js";
import { Scrub } from "../scrub.js";
import { html, useRef } from "../vendor/preact.js";
import { fixed } from "../words.js";
import { useHeld } from "./held.js";
import { Fold } from "./parts.js";

/** @typedef {[number, number, number]} Vector */

const PRESETS = /** @type {[string, number][]} */ ([
  ["Earth", 9.81],
  ["Moon", 1.62],
  ["Mars", 3.71],
  ["Zero", 0],
]);
const MOST = 30;
const KEY_STEP = 1 / 36; // 5 degrees

/** Where a direction lies on the disc: radius 0 down, 1 up; x to the right, y upwards.
 * @param {Vector} vector
 * @returns {[number, number]}
 */
export function toDisc([x, y, z]) {
  const level = Math.hypot(x, y);
  if (level === 0) return z > 0 ? [0, 1] : [0, 0];
  const radius = Math.atan2(level, -z) / Math.PI;
  return [(x / level) * radius, (y / level) * radius];
}

/** The vector of a place on the disc; beyond the rim is on it.
 * @param {number} x @param {number} y @param {number} size  m/s²
 * @returns {Vector}
 */
export function fromDisc(x, y, size) {
  const radius = Math.hypot(x, y);
  if (radius < 0.02) return [0, 0, -size]; // a hand does not hit a point
  const angle = Math.min(1, radius) * Math.PI;
  const level = (size * Math.sin(angle)) / radius;
  return /** @type {Vector} */ ([x * level, y * level, -size * Math.cos(angle)].map((value) => Number(value.toFixed(4)) + 0));
}

/** @param {{page: import("../state.js").PageState}} props */
export function Gravity({ page }) {
  const option = optionOf("gravity");
  const held = useHeld(/** @type {Vector} */ (option?.value ?? [0, 0, 0]));
  const newest = useRef(/** @type {Vector} */ ([0, 0, 0]));
  const sender = useRef(new Scrub(() => page.send({ type: "set_option", field: "gravity", value: newest.current })));
  const place = useRef(/** @type {[number, number]} */ ([0, 0]));
  if (!option) return null;
  const vector = held.value;
  const size = Math.hypot(...vector);
  // zero gravity has no direction: the last one stays
  if (size > 0) place.current = toDisc(vector);
  const [x, y] = place.current;
  const set = (/** @type {Vector} */ value) => {
    newest.current = value;
    held.set(value);
    sender.current.to(0);
  };
  const drag = (/** @type {any} */ event) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [dx, dy] = [event.clientX - box.left, event.clientY - box.top].map((at) => (at / box.width) * 2 - 1);
    set(fromDisc(dx, -dy, size || PRESETS[0][1]));
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (event.key === "Home") set(fromDisc(0, 0, size || PRESETS[0][1]));
    else if (by) set(fromDisc(x + by[0] * KEY_STEP, y + by[1] * KEY_STEP, size || PRESETS[0][1]));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const words = `${fixed(size, 2)} m/s²`;
  return html`<${Fold} title="Gravity" aside=${isChanged(option) && words}>
    <div class="gravity">
      <div
        class="pad"
        role="slider"
        tabindex="0"
        aria-label="Direction of gravity"
        aria-valuemin="0"
        aria-valuemax="180"
        aria-valuenow=${Math.round(Math.hypot(x, y) * 180)}
        aria-valuetext=${`${directionWords(vector)}, ${words}`}
        title="Drag: the middle is down, half way out level, the rim up. Double-click: down"
        ...${held.on}
        onPointerDown=${(/** @type {any} */ event) => {
          held.on.onPointerDown();
          event.currentTarget.setPointerCapture(event.pointerId);
          drag(event);
        }}
        onPointerMove=${(/** @type {any} */ event) => event.currentTarget.hasPointerCapture(event.pointerId) && drag(event)}
        onDblClick=${() => set(fromDisc(0, 0, size || PRESETS[0][1]))}
        onKeyDown=${onKeyDown}
      >
        <svg viewBox="-1.1 -1.1 2.2 2.2" aria-hidden="true">
          <circle r="1" /><circle r="0.5" class="level" />
          <path d="M-1 0H1M0 -1V1" />
          <text x="0.98" y="-0.06" text-anchor="end">x</text><text x="0.06" y="-0.84">y</text>
          <line x2=${x} y2=${-y} /><circle class="thumb" cx=${x} cy=${-y} r="0.13" />
        </svg>
      </div>
      <div class="gravity-side">
        <div class="chips">
          ${PRESETS.map(
            ([name, value]) =>
              html`<button
                type="button"
                class="outlined"
                key=${name}
                aria-pressed=${String(Math.abs(size - value) < 0.005)}
                onClick=${() => set(fromDisc(x, y, value))}
              >
                ${name}
              </button>`,
          )}
        </div>
        <label class="sliding">
          <span class="visually-hidden">Strength of gravity</span>
          <input
            type="range"
            min="0"
            max=${Math.max(MOST, Math.ceil(size))}
            step="0.01"
            value=${size}
            style=${{ "--at": `${(size / Math.max(MOST, size)) * 100}%` }}
            ...${held.on}
            aria-valuetext=${words}
            onInput=${(/** @type {any} */ event) => set(fromDisc(x, y, event.target.valueAsNumber))}
          />
          <output>${words}</output>
        </label>
        <p class="muted">${vector.map((value) => fixed(value, 2)).join("  ")}</p>
      </div>
    </div>
  <//>`;
}

/** @param {Vector} vector */
function directionWords([x, y, z]) {
  const tilt = (Math.atan2(Math.hypot(x, y), -z) * 180) / Math.PI;
  if (Math.hypot(x, y, z) === 0) return "none";
  if (tilt < 1) return "down";
  return tilt > 179 ? "up" : `${tilt.toFixed(0)} degrees from down`;
}
