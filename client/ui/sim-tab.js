/** Play, step, reset, speed, physics, and what the model is. */

import { SPEEDS } from "../driving.js";
import { html, useState } from "../vendor/preact.js";
import { factor, speedWords } from "../words.js";
import { lazy } from "./lazy.js";
import { Facts, Fold, Icon, Section } from "./parts.js";

/** @typedef {{page: import("../state.js").PageState}} Props */

const Physics = lazy(() => import("./physics-panel.js").then((module) => module.PhysicsPanel));

/** @param {Props} props */
export function SimTab({ page }) {
  const [count, setCount] = useState(10);
  const simulation = page.simulation.value;
  const model = page.model.value;
  const timestep = simulation?.timestep_s || model?.timestep_s;
  const running = simulation?.state === "running";
  const steps = Math.min(10_000, Math.max(1, Math.round(count) || 1));
  return html`<div class="panel">
    <${Section} title="Run" aside=${timestep && `${steps === 1 ? "1 step" : `${steps} steps`} = ${shortSeconds(steps * timestep)}`}>
      <div class="row">
        <button type="button" class=${running ? "outlined" : "primary"} onClick=${() => page.driving.togglePlay()}>
          <${Icon} name=${running ? "pause" : "play"} />${running ? "Pause" : "Play"}
        </button>
        <button
          type="button"
          class="outlined"
          title="Back to the start (Backspace); one step back takes it back"
          onClick=${() => page.send({ type: "reset" })}
        >
          <${Icon} name="rotate-ccw" />Reset
        </button>
        <button
          type="button"
          class="outlined"
          title="Load the scene anew for everybody (Shift Backspace)"
          onClick=${() => page.send({ type: "reload_scene" })}
        >
          <${Icon} name="refresh-cw" />Reload
        </button>
      </div>
      <div class="row">
        <button type="button" class="outlined" onClick=${() => page.send({ type: "step_back", count: steps })}>
          <${Icon} name="step-back" />Back
        </button>
        <input
          type="number"
          class="short"
          min="1"
          max="10000"
          step="1"
          value=${count}
          aria-label="Steps at once"
          onInput=${(/** @type {any} */ event) => setCount(event.target.valueAsNumber)}
        />
        <button type="button" class="outlined" onClick=${() => page.send({ type: "step", count: steps })}>
          <${Icon} name="step-forward" />Step
        </button>
      </div>
    <//>
    <${Section} title="Speed" aside=${simulation && `now ${percent(simulation.real_time_factor)} of real time`}>
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
    ${model && html`<${Physics} page=${page} />`}
    ${
      model &&
      html`<${Fold} title="Model">
        <${Facts}
          rows=${[
            ["Name", model.name],
            ["Bodies · geoms", `${model.nbody} · ${model.ngeom}`],
            ["Positions · velocities", `${model.nq} · ${model.nv}`],
            ["Actuators", model.nu],
            ["Mesh triangles", model.nmeshface.toLocaleString("en")],
            ["Timestep", shortSeconds(timestep ?? model.timestep_s)],
          ]}
        />
        <div class="row">
          ${["model", "data"].map(
            (what) =>
              html`<button type="button" class="outlined" key=${what} title="Every number, as MuJoCo prints it" onClick=${() => print(page, what)}>
                Print ${what}
              </button>`,
          )}
        </div>
      <//>`
    }
  </div>`;
}

/** @param {import("../state.js").PageState} page @param {string} what */
async function print(page, what) {
  const { saveOrSay } = await import("../save.js");
  await saveOrSay(page, `api/simulation/print?what=${what}`);
}

/** @param {number} value  seconds */
function shortSeconds(value) {
  return value < 1 ? `${Number((value * 1000).toPrecision(4))} ms` : `${Number(value.toPrecision(4))} s`;
}

/** @param {number} value */
function percent(value) {
  return `${(value * 100).toFixed(value < 0.1 ? 1 : 0)} %`;
}
