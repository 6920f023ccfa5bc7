/** The shared camera: free, following a body, or one of the model's own. */

import { html, useState } from "../vendor/preact.js";
import { fixed } from "../words.js";
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
          ]}
        />
      <//>`
    }
  </div>`;
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
