/** Opening files and folders, what became of an upload, what was shown lately, and taking the scene away as a file. */

import { named, take } from "../files.js";
import { saveOrSay } from "../save.js";
import { problem, showRoot, upload } from "../uploads.js";
import { html, signal, useEffect, useRef } from "../vendor/preact.js";
import { capital, sentence } from "../words.js";
import { Icon } from "./parts.js";

/** @typedef {{page: import("../state.js").PageState}} Props */
/** @typedef {{upload: string, root: string, others: string[]}} Origin */

const FORMATS = [
  ["xml", "XML", "the text"],
  ["mjb", "MJB", "compiled"],
  ["mjz", "MJZ", "MuJoCo's archive"],
  ["zip", "ZIP", "with all files"],
];
const origin = signal(/** @type {Origin | null} */ (null));

/** @param {Props} props */
export function UploadsBox({ page }) {
  const files = useRef(/** @type {HTMLInputElement | null} */ (null));
  const folder = useRef(/** @type {HTMLInputElement | null} */ (null));
  const busy = page.loading.value === "upload";
  const sceneId = page.scene.value?.scene_id;
  useEffect(() => void follow(page), [sceneId]);
  const chosen = (/** @type {any} */ event) => {
    const items = named([...event.target.files]);
    event.target.value = "";
    void take(items, {
      file: (xml, name) => void page.loadScene({ xml }, name),
      files: (all) => void upload(page, all),
      text: () => {},
      over: () => {},
      refuse: (why) => page.say("warn", why),
    });
  };
  return html`<section class="section uploads" aria-label="Your own models">
    <h2>Your own models</h2>
    <div class="row">
      <button type="button" class="outlined" disabled=${busy} onClick=${() => files.current?.click()}>
        <${Icon} name="upload" />Open files
      </button>
      <button type="button" class="outlined" disabled=${busy} onClick=${() => folder.current?.click()}>
        <${Icon} name="folder-open" />Open a folder
      </button>
    </div>
    <input ref=${files} type="file" multiple hidden aria-label="Files of a model" onChange=${chosen} />
    <input ref=${folder} type="file" webkitdirectory hidden aria-label="Folder of a model" onChange=${chosen} />
    <p class="muted">.xml, .urdf, .mjb, .mjz or .zip, with meshes and textures. Or drop them anywhere.</p>
    <${Refusal} page=${page} />
    <${Others} page=${page} />
    <${Recent} page=${page} />
    <${Export} page=${page} />
  </section>`;
}

/** Ask where the shown scene comes from. @param {import("../state.js").PageState} page */
async function follow(page) {
  const shown = await page.library.ask("api/scene/current").catch(() => null);
  origin.value = shown?.origin ?? null;
}

/** @param {Props} props */
function Refusal({ page }) {
  const note = useRef(/** @type {HTMLElement | null} */ (null));
  const refused = problem.value;
  useEffect(() => note.current?.scrollIntoView({ block: "nearest" }), [refused]);
  if (!refused) return null;
  return html`<div class="note bad" role="alert" ref=${note}>
    <b>Not loaded</b>
    <span>${capital(sentence(refused.message))}</span>
    ${refused.hint && html`<span class="hint">${refused.hint}</span>`}
    ${
      refused.upload &&
      refused.roots.length > 1 &&
      html`<${Roots} label="Show another model of it" roots=${refused.roots}
        choose=${(/** @type {string} */ root) => showRoot(page, refused.upload, root)} />`
    }
  </div>`;
}

/** The further models of the upload that is shown.
 * @param {Props} props
 */
function Others({ page }) {
  const shown = origin.value;
  if (!shown || shown.others.length === 0) return null;
  return html`<div>
    <p class="muted">Shown: ${shown.root}</p>
    <${Roots} label="Show another model of it" roots=${shown.others}
      choose=${(/** @type {string} */ root) => showRoot(page, shown.upload, root)} />
  </div>`;
}

/** @param {{label: string, roots: string[], choose: (root: string) => void}} props */
function Roots({ label, roots, choose }) {
  return html`<select
    aria-label=${label}
    onChange=${(/** @type {any} */ event) => {
      const root = roots[event.target.selectedIndex - 1];
      event.target.selectedIndex = 0;
      if (root !== undefined) choose(root);
    }}
  >
    <option>${label}…</option>
    ${roots.map((root) => html`<option key=${root}>${root}</option>`)}
  </select>`;
}

/** @param {Props} props */
function Recent({ page }) {
  const scenes = page.recent.value;
  if (scenes.length === 0) return null;
  const show = async (/** @type {import("../state.js").Recent} */ scene) => {
    if (scene.upload) await showRoot(page, scene.upload, scene.root ?? "");
    else if (scene.preset) await page.loadScene({ preset: scene.preset }, scene.title);
  };
  return html`<details class="unfolds">
    <summary><${Icon} name="history" />Recent</summary>
    <ul class="list">
      ${scenes.map(
        (scene) =>
          html`<li key=${`${scene.preset} ${scene.upload} ${scene.root}`}>
            <button type="button" class="model" disabled=${page.loading.value !== null} onClick=${() => show(scene)}>
              ${scene.title}
            </button>
          </li>`,
      )}
    </ul>
  </details>`;
}

/** @param {Props} props */
function Export({ page }) {
  return html`<div class="row tight" role="group" aria-label="Save the scene to a file">
    <span class="muted">Save as</span>
    ${FORMATS.map(
      ([format, name, what]) =>
        html`<button type="button" class="outlined" key=${format} title=${`${name}: ${what}`} onClick=${() => saveOrSay(page, `api/scene/export?format=${format}`)}>${name}</button>`,
    )}
  </div>`;
}
