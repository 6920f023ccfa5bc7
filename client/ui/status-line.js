/** One line of numbers, each measured. */

import { html } from "../vendor/preact.js";
import { codecWords, factor, megabits, ms, phaseWords, simulationWords } from "../words.js";

/** @param {{page: import("../state.js").PageState}} props */
export function StatusLine({ page }) {
  const phase = page.phase.value;
  const metrics = page.metrics.value;
  const status = page.status.value;
  const live = phase.name === "live";
  const stale = live && page.stale.value;
  const simulation = simulationWords(status);
  const encoder = status?.picture.encoder;
  const size = metrics?.width
    ? `${metrics.width}×${metrics.height}`
    : status
      ? `${status.picture.width}×${status.picture.height}`
      : "";
  const { name, why } = page.transport.value;
  const phone = page.layout.value === "phone"; // room for the unusual only
  const way = why ? `${name}: ${why}` : name;
  const { codec, byEncoder } = codecWords(metrics?.codec ?? "", encoder ?? "");
  const how = phone ? (why ? [way] : []) : [codec, byEncoder, way].filter(Boolean);
  return html`<footer class="status" aria-label="Measurements">
    <span class=${`light ${live && !stale ? "good" : phase.name === "refused" ? "bad" : "warn"}`}
      ><i></i>${stale ? "stale" : phaseWords(phase)}</span
    >
    ${
      live &&
      metrics &&
      html`<span title="Pictures shown a second"><b>${metrics.fpsShown}</b> fps</span>
        <span title="From capture to display, measured"><b>${ms(metrics.latencyMs)}</b> ms</span>
        <span class="hide-phone" title="Bit rate received"><b>${megabits(metrics.bitrateBps)}</b> Mb/s</span>
        ${size && html`<span class="hide-phone">${size}</span>`}`
    }
    ${status && html`<span title="Simulated seconds a second">sim <b>${factor(status.simulation.real_time_factor)}</b></span>`}
    ${status && simulation.level !== "good" && html`<span class=${`words ${simulation.level}`}>${simulation.text}</span>`}
    <span class="grow"></span>
    ${live && how.length > 0 && html`<span class="how" title=${way}>${how.join(" · ")}${metrics?.relayed ? " · relayed" : ""}</span>`}
    ${status && status.peers > 0 && html`<span class="hide-phone">${status.peers} watching</span>`}
  </footer>`;
}
