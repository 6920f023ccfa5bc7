/** F4: every sensor as bars over the picture. A bar's end is the sensor's cutoff, or the most that was seen. */

import { modelOf } from "../panels/model.js";
import { nameOf, readable } from "../panels/scales.js";
import { loadStyles } from "../panels/styles.js";
import { html, useEffect, useRef } from "../vendor/preact.js";
import { IconButton } from "./parts.js";

const MOST_BARS = 60;

/** @param {{page: import("../state.js").PageState}} props */
export function SensorBars({ page }) {
  const facts = modelOf(page).details.facts.value;
  const rows = useRef(/** @type {Map<number, {bar: HTMLElement, number: HTMLElement}>} */ (new Map()));
  const sensors = facts?.sensors ?? [];
  const bars = sensors
    .flatMap((sensor) => Array.from({ length: sensor.dim }, (_, part) => ({ sensor, part, index: sensor.adr + part })))
    .slice(0, MOST_BARS);
  useEffect(() => void loadStyles("panels.css"), []);
  useEffect(() => {
    if (bars.length === 0) return;
    const field = `sensordata[0:${bars[bars.length - 1].index + 1}]`;
    /** @type {Map<number, number>} */
    const most = new Map();
    const want = modelOf(page).values.want({
      fields: [field],
      hz: 15,
      show: (frame) => {
        for (const { sensor, index } of bars) {
          const row = rows.current.get(index);
          const value = frame.number(field, index);
          if (!row || !Number.isFinite(value)) continue;
          const end = sensor.cutoff > 0 ? sensor.cutoff : Math.max(most.get(index) ?? 1e-9, Math.abs(value));
          most.set(index, end);
          row.bar.style.transform = `scaleX(${Math.max(-1, Math.min(1, value / end)).toFixed(3)})`;
          row.number.textContent = readable(value);
        }
      },
    });
    return () => want.release();
  }, [facts]);
  const left = (facts?.sizes.nsensordata ?? 0) - bars.length;
  return html`<section class="overlay sensor-bars" aria-label="Sensors">
    <${IconButton} icon="x" label="Close the sensors" keys="F4" onClick=${() => (page.sensorBars.value = false)} />
    ${bars.length === 0 && html`<p>${facts ? "This model has no sensors." : "Loading…"}</p>`}
    <dl>
      ${bars.map(
        ({ sensor, part, index }) =>
          html`<div key=${`${facts?.scene_id} ${index}`}>
            <dt>${part === 0 ? nameOf(sensor) : ""}</dt>
            <dd class="sensor-bar">
              <i
                ref=${(/** @type {HTMLElement | null} */ bar) => {
                  const number = bar?.parentElement?.nextElementSibling;
                  if (bar && number instanceof HTMLElement) rows.current.set(index, { bar, number });
                  else rows.current.delete(index);
                }}
              ></i>
            </dd>
            <dd>—</dd>
            <dd><small>${sensor.unit}</small></dd>
          </div>`,
      )}
    </dl>
    ${left > 0 && html`<p><small>${left} more values: plot them in the Sensors tab.</small></p>`}
  </section>`;
}
