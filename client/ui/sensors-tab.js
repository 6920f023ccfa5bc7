/** Live plots of sensors, joints, controls, energy, contacts; and any field of `mjData` by name. */

import { modelOf } from "../panels/model.js";
import { boardOf, MOST_PLOTS, WINDOWS_S } from "../panels/plot-board.js";
import { loadStyles } from "../panels/styles.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import { ModelState } from "./model-parts.js";
import { Icon, IconButton, Section } from "./parts.js";
import { PlotCard } from "./plot-card.js";
import { WatchTable } from "./watch-table.js";

/** @param {{page: import("../state.js").PageState}} props */
export function SensorsTab({ page }) {
  const [styled, setStyled] = useState(false);
  const facts = modelOf(page).details.facts.value;
  const board = boardOf(page);
  useEffect(() => {
    void Promise.all([loadStyles("panels.css"), loadStyles("vendor/uplot.css")]).then(() => setStyled(true));
    return board.watch();
  }, []);
  if (!facts || !styled) return html`<${ModelState} page=${page} />`;
  const paused = board.paused.value;
  return html`<div class="panel">
    <${Section} title="Plots">
      <div class="row plot-tools">
        <${IconButton}
          icon=${paused ? "play" : "pause"}
          label=${paused ? "Go on plotting" : "Pause the plots"}
          class="outlined"
          aria-pressed=${String(paused)}
          onClick=${() => (board.paused.value = !paused)}
        />
        <${IconButton} icon="rotate-ccw" label="Clear the plots" class="outlined" onClick=${() => board.clear()} />
        <${IconButton} icon="download" label="Download as CSV" class="outlined" onClick=${() => board.download()} />
        <label class="inline">
          <span class="visually-hidden">Window</span>
          <select
            value=${board.windowS.value}
            onChange=${(/** @type {any} */ event) => {
              board.windowS.value = Number(event.target.value);
              board.repaint();
            }}
          >
            ${WINDOWS_S.map((seconds) => html`<option key=${seconds} value=${seconds} selected=${seconds === board.windowS.value}>${seconds} s</option>`)}
          </select>
        </label>
      </div>
      ${board.plots.value.map((ids, at) => html`<${PlotCard} key=${at} page=${page} at=${at} ids=${ids} />`)}
      ${
        board.plots.value.length < MOST_PLOTS &&
        html`<button type="button" class="outlined" onClick=${() => board.addPlot()}><${Icon} name="plus" />Add a plot</button>`
      }
    <//>
    <${Section} title="Watch any field"><${WatchTable} page=${page} /><//>
  </div>`;
}
