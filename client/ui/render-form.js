/** How a trajectory is drawn again, as a video. */

import { html, useState } from "../vendor/preact.js";
import { Icon } from "./parts.js";

const SIZES = [
  ["1280 × 720", 1280, 720],
  ["1920 × 1080", 1920, 1080],
  ["3840 × 2160", 3840, 2160],
];
const QUALITIES = ["ultra", "high", "shadows", "plain"];
const RATES = [24, 30, 60];
const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 4];

/** @param {{onDraw: (wish: Record<string, unknown>) => void}} props */
export function RenderForm({ onDraw }) {
  const [open, setOpen] = useState(false);
  const [size, setSize] = useState(1);
  const [quality, setQuality] = useState("ultra");
  const [fps, setFps] = useState(60);
  const [speed, setSpeed] = useState(1);
  const [timeline, setTimeline] = useState("watched");
  if (!open) return html`<button type="button" class="outlined" onClick=${() => setOpen(true)}>Render…</button>`;
  const draw = () => {
    setOpen(false);
    onDraw({ width: SIZES[size][1], height: SIZES[size][2], quality, fps, speed, timeline });
  };
  return html`<fieldset class="render" aria-label="Draw again as a video">
    <div class="row">
      <${Pick} label="Size" value=${size} options=${SIZES.map(([text], index) => [index, text])} onPick=${setSize} />
      <${Pick} label="Quality" value=${quality} options=${QUALITIES.map((name) => [name, name])} onPick=${setQuality} />
      <${Pick} label="Pictures a second" value=${fps} options=${RATES.map((rate) => [rate, `${rate} fps`])} onPick=${setFps} />
      <${Pick} label="Speed" value=${speed} options=${SPEEDS.map((by) => [by, `${by}×`])} onPick=${setSpeed} />
      <${Pick}
        label="Seconds"
        value=${timeline}
        options=${[
          ["watched", "as watched"],
          ["simulated", "as simulated"],
        ]}
        onPick=${setTimeline}
      />
      <button type="button" class="primary" onClick=${draw}><${Icon} name="clapperboard" />Render</button>
      <button type="button" class="outlined" onClick=${() => setOpen(false)}>Close</button>
    </div>
  </fieldset>`;
}

/** A select whose options may be numbers.
 * @param {{label: string, value: any, options: any[][], onPick: (value: any) => void}} props
 */
function Pick({ label, value, options, onPick }) {
  return html`<select
    aria-label=${label}
    title=${label}
    onChange=${(/** @type {any} */ event) => onPick(options[event.target.selectedIndex][0])}
  >
    ${options.map(([key, text]) => html`<option key=${key} selected=${key === value}>${text}</option>`)}
  </select>`;
}
