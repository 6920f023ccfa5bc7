/** A slider for every actuator: what the simulation's `ctrl` holds, whoever wrote it. */

import { modelOf } from "../panels/model.js";
import { actuatorSlider, nameOf } from "../panels/scales.js";
import { loadStyles } from "../panels/styles.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import { ModelState, Search } from "./model-parts.js";
import { Icon, Section } from "./parts.js";
import { Sliders } from "./sliders.js";

const SEARCH_FROM = 10;

/** @param {{page: import("../state.js").PageState}} props */
export function ActuatorsTab({ page }) {
  const facts = modelOf(page).details.facts.value;
  const [search, setSearch] = useState("");
  useEffect(() => void loadStyles("panels.css"), []);
  if (!facts) return html`<${ModelState} page=${page} />`;
  const all = facts.sizes.nu;
  const wanted = search.toLowerCase();
  const rows = facts.actuators
    .filter((actuator) => nameOf(actuator).toLowerCase().includes(wanted))
    .map((actuator) => actuatorSlider(actuator, actuator.target?.kind === "joint" ? facts.joints[actuator.target.id] : undefined));
  return html`<div class="panel">
    <${Section} title="Actuators" aside=${`${all}`}>
      ${
        all === 0
          ? html`<p class="muted">This model has no actuators.</p>`
          : html`<div class="row">
              <button type="button" class="outlined" onClick=${() => page.send({ type: "clear_ctrl" })}>
                <${Icon} name="rotate-ccw" />Clear all
              </button>
            </div>`
      }
      ${all >= SEARCH_FROM && html`<${Search} what=${`${all} actuators`} value=${search} onInput=${setSearch} />`}
      <${Sliders}
        key=${`${facts.scene_id} ${wanted}`}
        page=${page}
        array="ctrl"
        size=${all}
        rows=${rows}
        send=${(/** @type {[number, number][]} */ values) => page.send({ type: "set_ctrl", values })}
      />
      <${ModelState} page=${page} list="actuators" />
    <//>
  </div>`;
}
