/** Time under the thumb: reset, play, step both ways, speed, history, the clock, full screen. */

import { SPEEDS } from "../driving.js";
import { html } from "../vendor/preact.js";
import { clock, factor, speedWords } from "../words.js";
import { Icon, IconButton } from "./parts.js";
import { Scrubber } from "./scrubber.js";

/** @param {{page: import("../state.js").PageState}} props */
export function Transport({ page }) {
  const simulation = page.simulation.value;
  const running = simulation?.state === "running";
  const speed = simulation?.speed ?? 1;
  const known = SPEEDS.some((choice) => Math.abs(choice - speed) < 1e-6);
  return html`<section class="move" aria-label="Time">
    <fieldset disabled=${!page.controls.value}>
      <${IconButton} icon="rotate-ccw" label="Reset" keys="Backspace" onClick=${() => page.send({ type: "reset" })} />
      <${IconButton}
        icon="step-back"
        label="One step back"
        keys="←"
        onClick=${() => page.send({ type: "step_back", count: 1 })}
      />
      <${IconButton}
        icon=${running ? "pause" : "play"}
        label=${running ? "Pause" : "Play"}
        keys="Space"
        class="primary play"
        onClick=${() => page.driving.togglePlay()}
      />
      <${IconButton} icon="step-forward" label="One step" keys="→" onClick=${() => page.send({ type: "step", count: 1 })} />
      <label class="speed">
        <span class="visually-hidden">Speed</span>
        <select
          value=${speed}
          title="Speed (+ −)"
          onChange=${(/** @type {any} */ event) => page.send({ type: "set_speed", factor: Number(event.target.value) })}
        >
          ${!known && html`<option value=${speed} selected>${speedWords(speed)}</option>`}
          ${SPEEDS.map((choice) => {
            const selected = Math.abs(choice - speed) < 1e-6;
            return html`<option key=${choice} value=${choice} selected=${selected}>${speedWords(choice)}</option>`;
          })}
        </select>
      </label>
      <${Scrubber} page=${page} />
    </fieldset>
    <span class="clock">
      <${Clock} page=${page} />
      ${
        simulation?.slow &&
        html`<span class="tag warn" title="Physics cannot keep the speed that was asked for">
          <${Icon} name="gauge" />${factor(simulation.real_time_factor)}<span class="hide-phone"> of real time</span>
        </span>`
      }
    </span>
    ${simulation && !running && simulation.state !== "starting" && html`<span class="tag hide-phone">${simulation.state}</span>`}
    <${RecordButton} page=${page} />
    <${IconButton}
      icon="camera"
      label="Save the picture"
      keys="F8"
      class="hide-phone"
      onClick=${() => import("../record.js").then((record) => record.takePicture(page))}
    />
    <${IconButton}
      icon="gauge"
      label="Measurements"
      keys="F2"
      class="hide-phone"
      aria-pressed=${String(page.hud.value)}
      onClick=${() => (page.hud.value = !page.hud.value)}
    />
    ${
      document.fullscreenEnabled &&
      html`<${IconButton}
        icon="maximize"
        label="Full screen"
        keys="Shift Enter"
        class="full"
        onClick=${() => page.toggleFullscreen()}
      />`
    }
  </section>`;
}

/** Starts and stops a recording; everybody sees that one runs.
 * @param {{page: import("../state.js").PageState}} props
 */
function RecordButton({ page }) {
  const recording = page.status.value?.recording;
  const label = recording ? "Stop recording" : "Record";
  return html`<button
    type="button"
    class=${recording ? "icon-button record on" : "icon-button record"}
    title=${`${label} (F9)`}
    disabled=${page.phase.value.name !== "live"}
    onClick=${() => import("../record.js").then((record) => record.toggleRecording(page))}
  >
    <${Icon} name=${recording ? "square" : "circle-dot"} />
    <span class="visually-hidden">${label}</span>
    ${recording && html`<span class="elapsed">${clock(recording.elapsed_s)}</span>`}
  </button>`;
}

/** Apart, because it alone changes ten times a second.
 * @param {{page: import("../state.js").PageState}} props
 */
function Clock({ page }) {
  const time = page.time.value;
  return html`<span class="time" title="Simulated time">${time === null ? "—" : time.toFixed(2)}<small> s</small></span>`;
}
