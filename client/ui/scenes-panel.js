/** A scene in words, presets as pictures, and the ways to bring one's own. */

import { html } from "../vendor/preact.js";
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
    <${OwnMjcf} page=${page} />
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
function OwnMjcf({ page }) {
  return html`<div class="own">
    <button type="button" class="outlined" onClick=${() => page.showPanel("editor")}><${Icon} name="file-code" />Write MJCF</button>
  </div>`;
}
