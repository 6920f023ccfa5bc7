/** Presets as pictures, and a place to paste MJCF. */

import { html, useEffect, useRef } from "../vendor/preact.js";
import { Describe } from "./describe.js";
import { lazy } from "./lazy.js";
import { Icon } from "./parts.js";

/** @typedef {{page: import("../state.js").PageState}} Props */

const Catalogue = lazy(() => import("./catalogue.js").then((module) => module.Catalogue));
const Uploads = lazy(() => import("./uploads-box.js").then((module) => module.UploadsBox));

/** @param {Props} props */
export function ScenesPanel({ page }) {
  const search = page.sceneSearch.value;
  const presets = page.presets.value;
  const found = presets?.filter((preset) => matches(preset, search)) ?? [];
  const none = search ? `No scene is called “${search}”.` : "The server has no presets.";
  return html`<div class="panel scenes">
    <${Describe} page=${page} />
    <${Uploads} page=${page} />
    <label class="search">
      <${Icon} name="search" />
      <input
        type="search"
        placeholder="Search scenes"
        aria-label="Search scenes"
        value=${search}
        onInput=${(/** @type {any} */ event) => (page.sceneSearch.value = event.target.value)}
      />
    </label>
    ${
      page.presetsError.value &&
      html`<p class="note bad" role="alert">
        ${page.presetsError.value} <button type="button" class="outlined" onClick=${() => page.listPresets()}>Try again</button>
      </p>`
    }
    ${
      presets === null &&
      !page.presetsError.value &&
      html`<ul class="presets" aria-busy="true">
        ${[0, 1, 2].map(() => html`<li class="skeleton"></li>`)}
      </ul>`
    }
    ${presets !== null && found.length === 0 && html`<p class="muted">${none}</p>`}
    <ul class="presets">
      ${found.map((preset) => html`<${Preset} key=${preset.name} page=${page} preset=${preset} />`)}
    </ul>
    <${Catalogue} page=${page} />
    <${PasteMjcf} page=${page} />
  </div>`;
}

/**
 * @param {import("../messages.js").PresetInfo} preset
 * @param {string} search
 */
function matches(preset, search) {
  const text = [preset.title, preset.name, preset.description, ...preset.tags].join(" ").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** @param {Props & {preset: import("../messages.js").PresetInfo}} props */
function Preset({ page, preset }) {
  const current = page.scene.value?.preset === preset.name;
  const loading = page.loading.value === preset.name;
  return html`<li>
    <button
      type="button"
      class="preset"
      aria-current=${current ? "true" : undefined}
      aria-busy=${loading ? "true" : undefined}
      title=${preset.description}
      onClick=${() => page.loadScene({ preset: preset.name }, preset.title)}
    >
      <span class="thumb"
        ><img src=${page.thumbnail(preset.thumbnail)} alt="" width="320" height="180" loading="lazy" decoding="async" />
        ${loading && html`<span class="spinner" aria-hidden="true"></span>`}
      </span>
      <span class="name">
        ${preset.title}
        ${current && html`<span class="now"><${Icon} name="check" /><span class="visually-hidden">shown now</span></span>`}
      </span>
    </button>
  </li>`;
}

/** @param {Props} props */
function PasteMjcf({ page }) {
  const buttons = useRef(/** @type {HTMLElement | null} */ (null));
  const error = page.loadError.value;
  useEffect(() => {
    if (error) buttons.current?.scrollIntoView({ block: "end" });
  }, [error]);
  const busy = page.loading.value === "xml";
  const load = () => page.loadScene({ xml: page.draft.value }, "Your scene");
  return html`<details class="paste" open=${page.draft.value !== "" || error !== null}>
    <summary><${Icon} name="file-code" />Your own MJCF</summary>
    <textarea
      aria-label="MJCF"
      aria-invalid=${error ? "true" : undefined}
      aria-describedby=${error ? "mjcf-error" : undefined}
      placeholder=${"<mujoco>\n  <worldbody> … </worldbody>\n</mujoco>"}
      spellcheck="false"
      autocapitalize="off"
      rows="8"
      value=${page.draft.value}
      onInput=${(/** @type {any} */ event) => (page.draft.value = event.target.value)}
    ></textarea>
    ${
      error &&
      html`<div class="note bad" id="mjcf-error" role="alert">
        <b>${error.line !== null ? `Line ${error.line}` : "Not loaded"}${error.element ? ` · <${error.element}>` : ""}</b>
        <span>${error.message}</span>
        ${error.hint && html`<span class="hint">${error.hint}</span>`}
      </div>`
    }
    <div class="row" ref=${buttons}>
      <button type="button" class="primary" disabled=${busy || page.draft.value.trim() === ""} onClick=${load}>
        ${busy ? html`<span class="spinner" aria-hidden="true"></span>Loading…` : "Load"}
      </button>
    </div>
    <p class="muted">It replaces the scene for everybody.</p>
  </details>`;
}
