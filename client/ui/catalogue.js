/** Models that others publish: robots of MuJoCo Menagerie, and those of installed packages. Search finds them. */

import { html, signal, useEffect } from "../vendor/preact.js";
import { Icon } from "./parts.js";

/** @typedef {{page: import("../state.js").PageState}} Props */
/**
 * @typedef {object} Entry
 * @property {string} name  what `preset` takes
 * @property {string} title
 * @property {"menagerie" | "dm_control" | "gymnasium"} source
 * @property {string} description
 * @property {string[]} tags
 * @property {string} license
 * @property {number | null} download_bytes
 */

const TITLES = { menagerie: "Robots (MuJoCo Menagerie)", dm_control: "dm_control suite", gymnasium: "Gymnasium" };
const entries = signal(/** @type {Entry[] | null} */ (null));

/** @param {Props} props */
export function Catalogue({ page }) {
  const sceneId = page.scene.value?.scene_id;
  useEffect(() => void list(page), [sceneId]); // what was downloaded is here from then on
  const words = page.sceneSearch.value.toLowerCase().split(/\s+/).filter(Boolean);
  const sources = /** @type {Entry["source"][]} */ (Object.keys(TITLES));
  return html`<div class="catalogues">${sources.map((source) => {
    const found = (entries.value ?? []).filter((entry) => entry.source === source && words.every((word) => textOf(entry).includes(word)));
    if (found.length === 0) return null;
    return html`<details class="unfolds" key=${source} open=${words.length > 0}>
      <summary><${Icon} name="bot" />${TITLES[source]}<span class="aside">${found.length}</span></summary>
      <ul class="list">
        ${found.map((entry) => html`<${Model} key=${entry.name} page=${page} entry=${entry} />`)}
      </ul>
    </details>`;
  })}</div>`;
}

/** @param {import("../state.js").PageState} page */
async function list(page) {
  const answer = await page.library.ask("api/scene/catalogue", {}, 120_000).catch(() => null); // the presets say what is wrong
  if (answer) entries.value = answer.scenes ?? [];
}

/** @param {Entry} entry */
function textOf({ name, title, description, tags, source }) {
  return [name, title, description, source, ...tags].join(" ").toLowerCase();
}

/** @param {Props & {entry: Entry}} props */
function Model({ page, entry }) {
  const current = page.scene.value?.preset === entry.name;
  const loading = page.loading.value === entry.name;
  const size = entry.download_bytes === null ? "" : `downloads ${megabytes(entry.download_bytes)}`;
  return html`<li>
    <button
      type="button"
      class="model"
      aria-current=${current ? "true" : undefined}
      aria-busy=${loading ? "true" : undefined}
      title=${[entry.description, entry.license && `Licence: ${entry.license}.`].filter(Boolean).join(" ")}
      onClick=${() => page.loadScene({ preset: entry.name }, entry.title)}
    >
      <span>${entry.title}</span>
      ${loading ? html`<span class="spinner" aria-hidden="true"></span>` : size && html`<span class="muted">${size}</span>`}
      ${current && html`<span class="now"><${Icon} name="check" /><span class="visually-hidden">shown now</span></span>`}
    </button>
  </li>`;
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
