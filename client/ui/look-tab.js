/** What the picture shows, how good it is and why, and where the time of a picture goes. */

import { html } from "../vendor/preact.js";
import { STAGES, megabits, ms, sentence } from "../words.js";
import { LookFlags } from "./look-flags.js";
import { Facts, Section } from "./parts.js";
import { QualitySelect } from "./top-bar.js";
import { VisualSettings } from "./visual-settings.js";

/** @param {{page: import("../state.js").PageState}} props */
export function LookTab({ page }) {
  const quality = page.status.value?.quality;
  const picture = page.status.value?.picture;
  if (!quality || !picture) return html`<div class="panel"><p class="muted">Nothing is drawn yet.</p></div>`;
  const total = STAGES.reduce((sum, stage) => sum + picture.stage_ms[stage], 0);
  return html`<div class="panel">
    <${Section} title="Quality" aside=${quality.level}>
      <label class="field"
        ><span class="visually-hidden">Picture quality, for everybody</span><${QualitySelect} page=${page}
      /></label>
      ${quality.reason && html`<p class="muted sentence">${sentence(quality.reason)}</p>`}
    <//>
    <${LookFlags} page=${page} />
    <${VisualSettings} page=${page} />
    <${Section} title="Picture">
      <${Facts}
        rows=${[
          ["Size", `${picture.width}×${picture.height}`],
          ["Encoded", `${picture.fps.toFixed(0)} a second`],
          ["Bit rate", `${megabits(picture.bitrate_bps)} Mb/s`],
          ["Encoder", picture.encoder || "—"],
          ["Drawn by", picture.gl_renderer || "—"],
        ]}
      />
    <//>
    <${Section} title="One picture" aside=${`${ms(total)} ms`}>
      <dl class="stages">
        ${STAGES.map(
          (stage) =>
            html`<div key=${stage}>
              <dt>${stage}</dt>
              <dd class="bar"><i style=${{ width: `${total > 0 ? (picture.stage_ms[stage] / total) * 100 : 0}%` }}></i></dd>
              <dd>${ms(picture.stage_ms[stage])} ms</dd>
            </div>`,
        )}
      </dl>
    <//>
  </div>`;
}
