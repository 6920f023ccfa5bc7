/** Any field of `mjData` by name, as simulate's Watch: `qpos`, `qfrc_bias[3]`, `xpos[6:9]`. */

import { parseField } from "../panels/fields.js";
import { modelOf } from "../panels/model.js";
import { readable } from "../panels/scales.js";
import { stored } from "../prefs.js";
import { html, useEffect, useRef, useState } from "../vendor/preact.js";
import { IconButton } from "./parts.js";

const MOST_WATCHED = 16;
const MOST_NUMBERS = 24;
const watched = stored("watched", /** @type {string[]} */ ([]));

/** @param {{page: import("../state.js").PageState}} props */
export function WatchTable({ page }) {
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState("");
  const [problems, setProblems] = useState(/** @type {Record<string, string>} */ ({}));
  const cells = useRef(/** @type {Map<string, HTMLElement>} */ (new Map()));
  const fields = watched.value;
  const known = modelOf(page).details.facts.value?.fields ?? [];
  useEffect(() => {
    if (fields.length === 0) return;
    const want = modelOf(page).values.want({
      fields,
      hz: 10,
      refused: setProblems,
      show: (frame) => {
        for (const [field, cell] of cells.current) {
          const values = frame.array(field);
          if (!values) continue;
          const more = values.length - MOST_NUMBERS;
          const none = parseField(field)?.stop === null ? "empty" : "It has no such index here.";
          cell.textContent = values.length === 0 ? none : `${values.slice(0, MOST_NUMBERS).map(readable).join("  ")}${more > 0 ? `  … ${more} more` : ""}`;
        }
      },
    });
    return () => want.release();
  }, [fields.join(" ")]);
  const add = (/** @type {Event} */ event) => {
    event.preventDefault();
    const field = text.trim();
    if (!parseField(field)) return setWrong("Write a field of mjData: qpos, qpos[3] or qpos[3:6].");
    if (fields.length >= MOST_WATCHED) return setWrong(`${MOST_WATCHED} fields are watched already; remove one first.`);
    setWrong("");
    setText("");
    if (!fields.includes(field)) watched.value = [...fields, field];
  };
  return html`<form class="row watch-add" onSubmit=${add}>
      <input
        type="text"
        aria-label="Field of mjData"
        placeholder="qvel[0:3]"
        list="mjdata-fields"
        maxlength="64"
        spellcheck=${false}
        autocapitalize="off"
        value=${text}
        aria-invalid=${String(wrong !== "")}
        onInput=${(/** @type {any} */ event) => setText(event.target.value)}
      />
      <datalist id="mjdata-fields">${known.map((name) => html`<option key=${name} value=${name}></option>`)}</datalist>
      <button type="submit" class="outlined">Watch</button>
    </form>
    ${wrong && html`<p class="note bad" role="alert">${wrong}</p>`}
    ${
      fields.length > 0 &&
      html`<dl class="watch">
        ${fields.map(
          (field) =>
            html`<div key=${field}>
              <dt>${field}</dt>
              <dd
                ref=${(/** @type {HTMLElement | null} */ element) =>
                  element && !problems[field] ? cells.current.set(field, element) : cells.current.delete(field)}
                class=${problems[field] ? "muted" : ""}
              >
                ${problems[field] ?? "—"}
              </dd>
              <dd>
                <${IconButton}
                  icon="x"
                  label=${`Stop watching ${field}`}
                  onClick=${() => (watched.value = fields.filter((other) => other !== field))}
                />
              </dd>
            </div>`,
        )}
      </dl>`
    }`;
}
