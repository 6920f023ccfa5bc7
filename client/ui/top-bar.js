/** Product, scene, people, connection, share, settings. */

import { copyText } from "../clipboard.js";
import { html, useState } from "../vendor/preact.js";
import { phaseWords } from "../words.js";
import { Choice, Icon, IconButton } from "./parts.js";

/** @typedef {{page: import("../state.js").PageState}} Props */

const LIGHT = { connecting: "info", live: "good", reconnecting: "warn", refused: "bad" };

/** @param {Props} props */
export function TopBar({ page }) {
  const phase = page.phase.value;
  const stale = page.stale.value && phase.name === "live";
  const people = page.status.value?.peers ?? 0;
  const room = page.welcome.value?.room_id;
  return html`<header class="top">
    <h1 class="brand"><span class="mark" aria-hidden="true"></span>remote viewer</h1>
    <p class="where">
      <b>${page.scene.value?.title ?? ""}</b>
      ${room && html`<span class="room hide-phone">room ${room}</span>`}
    </p>
    <span class="grow"></span>
    ${
      people > 0 &&
      html`<span class="people" title=${`${people} ${people === 1 ? "person is" : "people are"} watching`}>
        <${Icon} name="users" /><b>${people}</b><span class="visually-hidden"> watching</span>
      </span>`
    }
    <span class=${`light ${stale ? "warn" : LIGHT[phase.name]}`}><i></i>${stale ? "stale" : phaseWords(phase)}</span>
    <${Share} page=${page} />
    ${
      page.layout.value !== "phone" &&
      html`<${IconButton}
        icon="panel-right"
        label="Inspector"
        aria-pressed=${String(inspectorOpen(page))}
        onClick=${() => toggleInspector(page)}
      />`
    }
    <${Settings} page=${page} />
  </header>`;
}

/** @param {import("../state.js").PageState} page */
function inspectorOpen(page) {
  return page.layout.value === "wide" ? page.inspector.value : page.slideOver.value === "inspector";
}

/** @param {import("../state.js").PageState} page */
function toggleInspector(page) {
  if (page.layout.value === "wide") page.inspector.value = !page.inspector.value;
  else page.slideOver.value = page.slideOver.value === "inspector" ? "" : "inspector";
}

/** @param {Props} props */
function Share({ page }) {
  const [byHand, setByHand] = useState("");
  const share = async () => {
    const link = location.href;
    if (await copyText(link)) {
      setByHand("");
      page.say("info", "The link is copied. Everybody who opens it sees this room.");
    } else {
      setByHand(link);
    }
  };
  return html`<button type="button" class="outlined share" onClick=${share} aria-label="Share: copy the link">
      <${Icon} name="share-2" /><span class="hide-phone">Share</span>
    </button>
    ${
      byHand &&
      html`<label class="by-hand card">
        Copy this link:
        <input readonly value=${byHand} onFocus=${(/** @type {any} */ event) => event.target.select()} />
        <button type="button" onClick=${() => setByHand("")}>Done</button>
      </label>`
    }`;
}

/** @param {Props} props */
function Settings({ page }) {
  const quality = page.status.value?.quality;
  const value = !quality || quality.mode === "auto" ? "auto" : quality.level;
  return html`<button type="button" class="icon-button" aria-label="Settings" title="Settings" popovertarget="settings">
      <${Icon} name="settings" />
    </button>
    <div id="settings" popover="auto" class="card menu" role="dialog" aria-label="Settings">
      <div class="field">
        <span>Theme</span>
        <${Choice}
          label="Theme"
          options=${[
            ["auto", "Auto"],
            ["dark", "Dark"],
            ["light", "Light"],
          ]}
          value=${page.theme.value}
          onChoose=${(/** @type {any} */ theme) => (page.theme.value = theme)}
        />
      </div>
      ${
        quality &&
        html`<label class="field">
          <span>Picture quality, for everybody</span>
          <${QualitySelect} page=${page} value=${value} />
        </label>`
      }
      <label class="check">
        <input
          type="checkbox"
          checked=${page.wheelReversed.value}
          onChange=${(/** @type {any} */ event) => (page.wheelReversed.value = event.target.checked)}
        />
        Wheel up moves away
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked=${page.hud.value}
          onChange=${(/** @type {any} */ event) => (page.hud.value = event.target.checked)}
        />
        Measurements over the picture <kbd>F2</kbd>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked=${page.profiler.value}
          onChange=${(/** @type {any} */ event) => (page.profiler.value = event.target.checked)}
        />
        Profiler <kbd>F3</kbd>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked=${page.sensorBars.value}
          onChange=${(/** @type {any} */ event) => (page.sensorBars.value = event.target.checked)}
        />
        Sensors over the picture <kbd>F4</kbd>
      </label>
      ${(page.relay.value || canRelay(page)) &&
      html`<label class="check">
        <input
          type="checkbox"
          checked=${page.relay.value || page.welcome.value?.ice_transport_policy === "relay"}
          disabled=${page.welcome.value?.ice_transport_policy === "relay"}
          onChange=${(/** @type {any} */ event) => page.forceRelay(event.target.checked)}
        />
        Video through a relay (TURN)
      </label>`}
      <div class="row">
        <button
          type="button"
          popovertarget="settings"
          popovertargetaction="hide"
          onClick=${() => (page.hintsSeen.value = false)}
        >
          Show the hints again
        </button>
        <button
          type="button"
          popovertarget="settings"
          popovertargetaction="hide"
          onClick=${() => (page.shortcuts.value = true)}
        >
          All shortcuts
        </button>
      </div>
      <p class="muted">Server ${page.welcome.value?.version ?? "—"}</p>
    </div>`;
}

/** @param {import("../state.js").PageState} page */
function canRelay(page) {
  return (page.welcome.value?.ice_servers ?? []).some((server) => /^turns?:/.test(String(server.urls)));
}

/** `auto`, or one level of the ladder.
 * @param {Props & {value?: string, id?: string}} props
 */
export function QualitySelect({ page, value, id }) {
  const quality = page.status.value?.quality;
  const chosen = value ?? (quality?.mode === "fixed" ? quality.level : "auto");
  return html`<select
    id=${id}
    value=${chosen}
    onChange=${(/** @type {any} */ event) => page.send({ type: "set_quality", level: event.target.value })}
  >
    <option value="auto" selected=${chosen === "auto"}>
      Auto${quality?.mode === "auto" && quality.level ? ` (${quality.level})` : ""}
    </option>
    ${(quality?.levels ?? []).map(
      (level) => html`<option key=${level} value=${level} selected=${chosen === level}>${level}</option>`,
    )}
  </select>`;
}
