/** A scene in words: say it, see what was understood of it and what was not, then say what to change. */

import { stored } from "../prefs.js";
import { html, signal } from "../vendor/preact.js";
import { Icon } from "./parts.js";

/** @typedef {{page: import("../state.js").PageState}} Props */
/** @typedef {import("../scenes.js").Created} Created */
/** @typedef {{message: string, hint: string, ignored: string[]}} Refused */

const MOST_KEPT = 8;
const EXAMPLES = [
  "five red balls on a wooden table",
  "a tower of 10 blocks and a heavy ball swinging into it",
  "a double pendulum on the moon",
  "three boxes of 1, 2 and 4 kg on a ramp at 25 degrees",
  "newton's cradle with 7 balls, two of them lifted",
];
const CHANGES = ["make it twice as big", "add three balls above it", "paint it green", "no gravity"];
const prompts = stored("prompts", /** @type {string[]} */ ([]));
// The panel comes and goes with the layout; what is being written stays.
const draft = signal("");
const answer = signal(/** @type {Created | null} */ (null));
const error = signal(/** @type {Refused | null} */ (null));
const said = signal("");

/** @param {Props} props */
export function Describe({ page }) {
  const busy = page.loading.value === "words";
  const create = async () => {
    const prompt = draft.value.trim();
    if (prompt === "" || busy) return;
    error.value = null;
    try {
      answer.value = await page.createScene(prompt);
      said.value = prompt;
      draft.value = "";
      prompts.value = [prompt, ...prompts.value.filter((one) => one !== prompt)].slice(0, MOST_KEPT);
    } catch (problem) {
      answer.value = null;
      const { message, hint = "", ignored = [] } = /** @type {any} */ (problem);
      error.value = { message, hint, ignored };
    }
  };
  return html`<section class="describe" aria-label="Describe a scene">
    <label class="field">
      <span>Describe a scene, or a change to it</span>
      <textarea
        rows="3"
        maxlength="2000"
        placeholder=${`${EXAMPLES[0]}…`}
        aria-invalid=${error.value ? "true" : undefined}
        aria-describedby=${error.value ? "describe-error" : undefined}
        enterkeyhint="go"
        value=${draft.value}
        onInput=${(/** @type {any} */ event) => (draft.value = event.target.value)}
        onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          void create();
        }}
      ></textarea>
    </label>
    <div class="row">
      <button type="button" class="primary" disabled=${busy || draft.value.trim() === ""} aria-busy=${String(busy)} onClick=${create}>
        ${busy ? html`<span class="spinner" aria-hidden="true"></span>Building…` : "Create"}
      </button>
      <${Earlier} choose=${(/** @type {string} */ text) => (draft.value = text)} />
    </div>
    <div role="status">${answer.value && html`<${Understood} made=${answer.value} />`}</div>
    ${error.value && html`<${Refusal} refused=${error.value} />`}
    ${answer.value && !error.value && html`<${Chips} label="Change it" texts=${CHANGES} />`}
    ${!answer.value && !error.value && draft.value === "" && html`<${Chips} label="For example" texts=${EXAMPLES.slice(0, 3)} />`}
  </section>`;
}

/** Sentences to begin with, put into the field and not sent.
 * @param {{label: string, texts: string[]}} props
 */
function Chips({ label, texts }) {
  return html`<div class="chips starters" role="group" aria-label=${label}>
    <span class="muted">${label}:</span>
    ${texts.map(
      (text) => html`<button type="button" class="said-chip" key=${text} onClick=${() => (draft.value = text)}>${text}</button>`,
    )}
  </div>`;
}

/** What was said before, or examples where nothing was.
 * @param {{choose: (text: string) => void}} props
 */
function Earlier({ choose }) {
  const own = prompts.value.length > 0;
  const texts = own ? prompts.value : EXAMPLES;
  return html`<select
    class="earlier"
    aria-label=${own ? "Earlier descriptions" : "Examples"}
    onChange=${(/** @type {any} */ event) => {
      const text = texts[event.target.selectedIndex - 1];
      event.target.selectedIndex = 0;
      if (text !== undefined) choose(text);
    }}
  >
    <option>${own ? "Earlier…" : "Examples…"}</option>
    ${texts.map((text) => html`<option key=${text}>${text}</option>`)}
  </select>`;
}

/** @param {{made: Created}} props */
function Understood({ made }) {
  return html`<p class="sentence">
      ${made.edited ? "Changed for everybody." : "Shown to everybody."}${made.engine === "llm" ? ` ${made.message}` : ""}${" "}
      <button type="button" class="link" onClick=${() => (draft.value = said.value)}>Edit the words</button>
    </p>
    <ul class="chips said" aria-label="Understood">
      ${made.understood.map(
        (text) =>
          html`<li key=${text} class="said-chip"><${Icon} name="check" />${text}</li>`,
      )}
    </ul>
    <${Ignored} words=${made.ignored} suggestions=${made.suggestions} />
    ${Object.entries(made.corrected).map(
      ([written, meant]) => html`<p class="muted" key=${written}>“${written}” was read as “${meant}”.</p>`,
    )}`;
}

/** Words that nothing came of; where something near can be built, a button puts it into the sentence.
 * @param {{words: string[], suggestions?: Record<string, string>}} props
 */
function Ignored({ words, suggestions = {} }) {
  if (words.length === 0) return null;
  return html`<p class="muted">Not understood, so it is not in the scene:</p>
    <ul class="chips said" aria-label="Not understood">
      ${words.map(
        (word) =>
          html`<li key=${word} class="said-chip warn">
            <${Icon} name="triangle-alert" /><span class="visually-hidden">not understood: </span>${word}${
              suggestions[word] ? html`<${Instead} word=${word} near=${suggestions[word]} />` : ""
            }
          </li>`,
      )}
    </ul>`;
}

/** @param {{word: string, near: string}} props */
function Instead({ word, near }) {
  const plain = near.replace(/^an? /, "");
  const put = () => (draft.value = said.value.replace(word, plain));
  return near.length > 30 || near.includes(":")
    ? html`<span class="muted"> — ${near}</span>`
    : html`<span class="muted"> — try </span><button type="button" class="link" onClick=${put}>${near}</button>`;
}

/** @param {{refused: Refused}} props */
function Refusal({ refused }) {
  return html`<div class="note bad" id="describe-error" role="alert">
    <b class="sentence">${refused.message}</b>
    ${refused.hint && html`<span class="hint">${refused.hint}</span>`}
  </div>`;
}
