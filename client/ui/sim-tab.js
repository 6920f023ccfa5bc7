/** Play, step, reset, keyframes, speed, and what the model is. */

import { SPEEDS } from "../state.js";
import { html, useState } from "../vendor/preact.js";
import { factor, speedWords } from "../words.js";
import { Facts, Icon, Section } from "./parts.js";

/** @typedef {{page: import("../state.js").PageState}} Props */

/** @param {Props} props */
export function SimTab({ page }) {
  const [count, setCount] = useState(10);
  const simulation = page.simulation.value;
  const model = page.model.value;
  const running = simulation?.state === "running";
  const steps = Math.min(10_000, Math.max(1, Math.round(count) || 1));
  return html`<div class="panel">
    <${Section} title="Run">
      <div class="row">
        <button type="button" class=${running ? "outlined" : "primary"} onClick=${() => page.togglePlay()}>
          <${Icon} name=${running ? "pause" : "play"} />${running ? "Pause" : "Play"}
        </button>
        <button type="button" class="outlined" onClick=${() => page.send({ type: "reset" })}>
          <${Icon} name="rotate-ccw" />Reset
        </button>
      </div>
      <div class="row">
        <button type="button" class="outlined" onClick=${() => page.send({ type: "step", count: steps })}>
          <${Icon} name="step-forward" />Step
        </button>
        <label class="inline"
          ><input
            type="number"
            class="short"
            min="1"
            max="10000"
            step="1"
            value=${count}
            aria-label="Steps at once"
            onInput=${(/** @type {any} */ event) => setCount(event.target.valueAsNumber)}
          />
          <span class="muted"
            >${steps === 1 ? "step" : "steps"}${model ? ` = ${shortSeconds(steps * model.timestep_s)}` : ""}</span
          >
        </label>
      </div>
    <//>
    <${Section} title="Speed" aside=${simulation && html`now ${factor(simulation.real_time_factor)}`}>
      <div class="choice speeds" role="group" aria-label="Speed">
        ${SPEEDS.map(
          (speed) =>
            html`<button
              type="button"
              key=${speed}
              aria-pressed=${String(Math.abs((simulation?.speed ?? 1) - speed) < 1e-6)}
              onClick=${() => page.send({ type: "set_speed", factor: speed })}
            >
              ${speedWords(speed)}
            </button>`,
        )}
      </div>
      ${
        simulation?.slow &&
        html`<p class="note warn">
          <${Icon} name="gauge" />Physics reaches ${factor(simulation.real_time_factor)} on this machine.
        </p>`
      }
    <//>
    ${
      model &&
      model.keyframes.length > 0 &&
      html`<${Section} title="Keyframes">
        <div class="chips">
          ${model.keyframes.map(
            (name, index) =>
              html`<button
                type="button"
                class="outlined"
                key=${index}
                onClick=${() => page.send({ type: "reset", keyframe: name || `#${index}` })}
              >
                ${name || `#${index}`}
              </button>`,
          )}
        </div>
      <//>`
    }
    ${
      model &&
      html`<${Section} title="Model">
        <${Facts}
          rows=${[
            ["Name", model.name],
            ["Bodies · geoms", `${model.nbody} · ${model.ngeom}`],
            ["Positions · velocities", `${model.nq} · ${model.nv}`],
            ["Actuators", model.nu],
            ["Mesh triangles", model.nmeshface.toLocaleString("en")],
            ["Timestep", shortSeconds(model.timestep_s)],
          ]}
        />
      <//>`
    }
  </div>`;
}

/** @param {number} value  seconds */
function shortSeconds(value) {
  return value < 1 ? `${Number((value * 1000).toPrecision(4))} ms` : `${Number(value.toPrecision(4))} s`;
}
