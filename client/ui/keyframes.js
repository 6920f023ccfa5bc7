/** Keyframes: the model's own and those that people saved, to load; the state, to save or to copy. */

import { html, useState } from "../vendor/preact.js";
import { Fold, Icon, IconButton } from "./parts.js";

/** @typedef {import("../physics.js").Keyframe} Keyframe */

/** @param {{page: import("../state.js").PageState, keyframes: Keyframe[]}} props */
export function Keyframes({ page, keyframes }) {
  const [name, setName] = useState("");
  const [renaming, setRenaming] = useState("");
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    page.send({ type: "save_keyframe", name: name.trim() || freeName(keyframes) });
    setName("");
  };
  const own = keyframes.filter(({ saved }) => !saved);
  const saved = keyframes.filter((keyframe) => keyframe.saved);
  const replaces = saved.some((keyframe) => keyframe.name === name.trim());
  return html`<${Fold} title="Keyframes" aside=${keyframes.length || null} open>
    ${
      own.length > 0 &&
      html`<div class="chips" role="group" aria-label="Keyframes of the model">
        ${own.map((keyframe) => html`<${Load} key=${keyframe.name} page=${page} keyframe=${keyframe} />`)}
      </div>`
    }
    ${
      saved.length > 0 &&
      html`<ul class="keyframes" aria-label="Saved keyframes">
        ${saved.map(
          (keyframe) =>
            html`<li key=${keyframe.name}>
              ${
                renaming === keyframe.name
                  ? html`<${Rename} page=${page} name=${keyframe.name} done=${() => setRenaming("")} />`
                  : html`<${Load} page=${page} keyframe=${keyframe} />
                      <${IconButton}
                        icon="pencil"
                        label=${`Rename ${keyframe.name}`}
                        onClick=${() => setRenaming(keyframe.name)}
                      />
                      <${IconButton}
                        icon="trash-2"
                        label=${`Delete ${keyframe.name}`}
                        onClick=${() => page.send({ type: "delete_keyframe", name: keyframe.name })}
                      />`
              }
            </li>`,
        )}
      </ul>`
    }
    <form class="row nowrap" onSubmit=${save}>
      <input
        class="grow"
        maxlength="64"
        placeholder=${freeName(keyframes)}
        aria-label="Name of a new keyframe"
        value=${name}
        onInput=${(/** @type {any} */ event) => setName(event.target.value)}
      />
      <button
        type="submit"
        class="outlined"
        title=${replaces ? `The state saved as ${name.trim()} is lost` : "Keep the state under this name"}
      >
        ${replaces ? "Replace state" : "Save state"}
      </button>
    </form>
    <button type="button" class="outlined" title="Ctrl C, while the picture has the focus" onClick=${() => page.copyState()}>
      <${Icon} name="copy" />Copy state as XML
    </button>
  <//>`;
}

/** @param {{page: import("../state.js").PageState, keyframe: Keyframe}} props */
function Load({ page, keyframe }) {
  return html`<button
    type="button"
    class=${keyframe.saved ? "outlined grow" : "outlined"}
    title=${`Load the state at ${keyframe.time_s.toFixed(2)} s`}
    onClick=${() => page.send({ type: "reset", keyframe: keyframe.name })}
  >
    ${keyframe.name}
  </button>`;
}

/** @param {{page: import("../state.js").PageState, name: string, done: () => void}} props */
function Rename({ page, name, done }) {
  const [to, setTo] = useState(name);
  const rename = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (to.trim() !== "" && to.trim() !== name) page.send({ type: "rename_keyframe", name, to: to.trim() });
    done();
  };
  return html`<form class="row nowrap grow" onSubmit=${rename}>
    <input
      class="grow"
      maxlength="64"
      aria-label=${`New name of ${name}`}
      value=${to}
      autofocus
      onInput=${(/** @type {any} */ event) => setTo(event.target.value)}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && done()}
    />
    <button type="submit" class="outlined">Rename</button>
  </form>`;
}

/** @param {Keyframe[]} keyframes */
function freeName(keyframes) {
  let number = 1;
  while (keyframes.some(({ name }) => name === `state ${number}`)) number += 1;
  return `state ${number}`;
}
