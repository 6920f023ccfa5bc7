/** F2: where the milliseconds go, from the simulation step to the eye. */

import { copyText } from "../clipboard.js";
import { html } from "../vendor/preact.js";
import { megabits, ms } from "../words.js";
import { STAGES } from "../words.js";
import { lazy } from "./lazy.js";
import { IconButton } from "./parts.js";

const Info = lazy(() => import("./info.js").then((module) => module.Info));

/** @param {{page: import("../state.js").PageState}} props */
export function Hud({ page }) {
  const metrics = page.metrics.value;
  const status = page.status.value;
  const rung = page.rung.value;
  if (!page.hud.value || !metrics) return null;
  const stages = status?.picture.stage_ms;
  const copy = async () => {
    const text = JSON.stringify(snapshot(page), null, 2);
    const copied = await copyText(text);
    page.say(copied ? "info" : "warn", copied ? "The measurements are copied." : "The browser refused to copy.");
  };
  return html`<section class="hud" aria-label="Measurements">
    <div class="hud-head">
      <p><b>${ms(metrics.latencyMs)}</b> ms <span>capture to eye</span></p>
      <p><b>${ms(metrics.handToEyeMs)}</b> ms <span>hand to eye</span></p>
    </div>
    <dl>
      ${row("p95", `${ms(metrics.latencyP95Ms)} · ${ms(metrics.handToEyeP95Ms)} ms`)}
      ${stages && STAGES.map((stage) => row(stage, `${ms(stages[stage])} ms`))} ${row("round trip", `${ms(metrics.rttMs)} ms`)}
      ${row("jitter", `${ms(metrics.jitterMs)} ms`)} ${row("buffer", `${ms(metrics.jitterBufferMs)} ms`)}
      ${row("decode", `${ms(metrics.decodeMs)} ms`)}
    </dl>
    <dl>
      ${row("fps encoded", status ? status.picture.fps.toFixed(0) : "—")}
      ${row("fps decoded", metrics.fpsDecoded === null ? "—" : metrics.fpsDecoded.toFixed(0))}
      ${row("fps shown", metrics.fpsShown)} ${row("bit rate", `${megabits(metrics.bitrateBps)} Mb/s`)}
      ${row("loss", metrics.lossPercent === null ? "—" : `${metrics.lossPercent.toFixed(1)} %`)}
      ${row("resends asked", metrics.nack ?? "—")} ${row("dropped", metrics.framesDropped ?? "—")}
      ${row("freezes", metrics.freezes ?? "—")}
      ${row("transport", page.transport.value.name)} ${row("codec", metrics.codec || "—")}
      ${row("relayed", metrics.relayed ? "yes" : "no")}
      ${rung && row("rung", `${rung.rung} · ${rung.height}p${rung.fps} · ${megabits(rung.bitrate_bps)} Mb/s`)}
      ${rung && rung.reason !== "start" && row("because", rung.reason)}
    </dl>
    <${Info} page=${page} />
    <div class="hud-foot">
      <button type="button" onClick=${copy}>Copy as JSON</button>
      <${IconButton} icon="x" label="Close the measurements" keys="F2" onClick=${() => (page.hud.value = false)} />
    </div>
  </section>`;
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function row(name, value) {
  return html`<div key=${name}>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** Everything a report of a slow picture needs.
 * @param {import("../state.js").PageState} page
 */
export function snapshot(page) {
  return {
    at: new Date().toISOString(),
    browser: navigator.userAgent,
    scene: page.scene.value?.name ?? null,
    phase: page.phase.value.name,
    transport: page.transport.value,
    rung: page.rung.value,
    metrics: page.metrics.value,
    status: page.status.value,
  };
}
