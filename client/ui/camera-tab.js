/** The shared camera: free, following a body, or one of the model's own. */

import { cameraMjcf } from "../camera-mjcf.js";
import { copyText } from "../clipboard.js";
import { loadStyles } from "../panels/styles.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import { fixed } from "../words.js";
import { NumberField } from "./number-field.js";
import { Facts, Icon, Section } from "./parts.js";

/** @typedef {{page: import("../state.js").PageState}} Props */

/** @type {["front" | "side" | "top" | "initial", string][]} */
const VIEWS = [
  ["initial", "Start"],
  ["front", "Front"],
  ["side", "Side"],
  ["top", "Top"],
];
const MOST_SHOWN = 200;

/** @param {Props} props */
export function CameraTab({ page }) {
  const camera = page.status.value?.camera;
  const model = page.model.value;
  const cameras = model?.cameras ?? [];
  const copy = async () => {
    if (!camera) return;
    const text = cameraMjcf(camera);
    if (await copyText(text)) page.say("info", "The camera is copied.", "Paste it into a model's worldbody.");
    else page.say("warn", "The browser refused to copy:", text);
  };
  return html`<div class="panel">
    <${Section} title="View">
      <div class="row">
        <button type="button" class="outlined" onClick=${() => page.send({ type: "frame_scene" })}>
          <${Icon} name="maximize" />Show all
        </button>
        ${VIEWS.map(
          ([view, label]) =>
            html`<button type="button" class="outlined" key=${view} onClick=${() => page.send({ type: "frame_scene", view })}>
              ${label}
            </button>`,
        )}
      </div>
    <//>
    <${Section} title="Camera">
      <div class="chips">
        <button
          type="button"
          class="outlined"
          aria-pressed=${String(camera?.mode === "free")}
          onClick=${() => page.send({ type: "set_camera", mode: "free" })}
        >
          <${Icon} name="video" />Free
        </button>
        ${cameras.map((name, index) => {
          const target = name || `#${index}`;
          return html`<button
            type="button"
            class="outlined"
            key=${target}
            aria-pressed=${String(camera?.mode === "fixed" && camera.target === target)}
            onClick=${() => page.send({ type: "set_camera", mode: "fixed", target })}
          >
            <${Icon} name="camera" />${target}
          </button>`;
        })}
      </div>
    <//>
    ${camera && camera.mode !== "fixed" && html`<${Lens} page=${page} camera=${camera} />`}
    <${Section} title="Follow a body" aside=${camera?.mode === "tracking" ? camera.target : null}>
      <${BodyList} page=${page} />
    <//>
    ${
      camera &&
      html`<${Section} title="Now">
        <${Facts}
          rows=${[
            ["Azimuth", `${fixed(camera.azimuth, 1)}°`],
            ["Elevation", `${fixed(camera.elevation, 1)}°`],
            ["Distance", `${camera.distance.toFixed(2)} m`],
            ["Looks at", camera.lookat.map((value) => fixed(value, 2)).join(", ")],
            ["Field of view", `${camera.fov_deg.toFixed(0)}°`],
            ["Eye", camera.pos.map((value) => fixed(value, 2)).join(", ")],
          ]}
        />
        <button type="button" class="outlined" onClick=${copy}><${Icon} name="copy" />Copy as MJCF</button>
      <//>`
    }
  </div>`;
}

/** Of the free and the tracking camera.
 * @param {Props & {camera: import("../messages.js").CameraStatus}} props
 */
function Lens({ page, camera }) {
  useEffect(() => void loadStyles("hands.css"), []);
  const set = (/** @type {number} */ fov_deg) => page.send({ type: "set_lens", fov_deg });
  return html`<${Section} title="Lens" aside=${html`<button type="button" class="small" onClick=${() => page.send({ type: "set_lens", reset: true })}>
      <${Icon} name="rotate-ccw" />As the model
    </button>`}>
    <div class="inline wide">
      <span class="muted" aria-hidden="true">Field of view</span>
      <input type="range" min="5" max="120" step="1" value=${camera.fov_deg} aria-label="Field of view"
        onInput=${(/** @type {any} */ event) => set(event.target.valueAsNumber)} />
      <${NumberField} label="Field of view, degrees" value=${Math.round(camera.fov_deg)} min=${1} max=${170} set=${set} />
    </div>
    <label class="check">
      <input
        type="checkbox"
        checked=${camera.orthographic}
        onChange=${(/** @type {any} */ event) => page.send({ type: "set_lens", orthographic: event.target.checked })}
      />
      Orthographic: no perspective
    </label>
  <//>`;
}

/** @param {Props} props */
function BodyList({ page }) {
  const [search, setSearch] = useState("");
  const camera = page.status.value?.camera;
  const bodies = (page.model.value?.bodies ?? []).filter((name) => name && name !== "world");
  const found = bodies.filter((name) => name.toLowerCase().includes(search.toLowerCase()));
  if (bodies.length === 0) return html`<p class="muted">This model names no bodies.</p>`;
  return html`<label class="search">
      <${Icon} name="search" />
      <input
        type="search"
        placeholder=${`Search ${bodies.length} bodies`}
        aria-label="Search bodies"
        value=${search}
        onInput=${(/** @type {any} */ event) => setSearch(event.target.value)}
      />
    </label>
    <ul class="list">
      ${found.slice(0, MOST_SHOWN).map(
        (name) =>
          html`<li key=${name}>
            <button
              type="button"
              aria-pressed=${String(camera?.mode === "tracking" && camera.target === name)}
              onClick=${() => page.send({ type: "set_camera", mode: "tracking", target: name })}
            >
              <${Icon} name="crosshair" />${name}
            </button>
          </li>`,
      )}
      ${found.length === 0 && html`<li class="muted">No body is called “${search}”.</li>`}
    </ul>`;
}
