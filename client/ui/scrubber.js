/** The history of the simulation as a slider: drag it to go back, play to run on from there. */

import { Scrub } from "../scrub.js";
import { html, useRef } from "../vendor/preact.js";
import { fixed } from "../words.js";
import { useHeld } from "./held.js";

/** @param {{page: import("../state.js").PageState}} props */
export function Scrubber({ page }) {
  const scrub = useRef(/** @type {Scrub | null} */ (null));
  scrub.current ??= new Scrub((time_s) => page.send({ type: "seek", time_s }));
  const history = page.simulation.value?.history;
  const running = page.simulation.value?.state === "running";
  const oldest = history?.oldest_s ?? 0;
  const newest = running ? Math.max(history?.newest_s ?? 0, page.time.value ?? 0) : (history?.newest_s ?? 0);
  const { value: at, set, on } = useHeld(running ? newest : (history?.at_s ?? 0), 600);
  const range = newest - oldest;
  const none = !history || history.states < 2 || !(range > 0);
  const back = newest - at;
  const words = none ? "No history yet" : `${fixed(at, 2)} s, of ${fixed(oldest, 2)} to ${fixed(newest, 2)} s`;
  return html`<span class="scrub" title=${none ? words : `History: ${words}`}>
    <input
      type="range"
      min=${oldest}
      max=${none ? oldest + 1 : newest}
      step="any"
      value=${none ? oldest + 1 : at}
      disabled=${none}
      style=${{ "--at": `${none ? 100 : ((at - oldest) / range) * 100}%` }}
      aria-label="History"
      aria-valuetext=${words}
      ...${on}
      onInput=${(/** @type {any} */ event) => {
        set(event.target.valueAsNumber);
        scrub.current?.to(event.target.valueAsNumber);
      }}
    />
    <output class="back" aria-hidden="true">${none || back < 0.005 ? "" : `−${back.toFixed(2)} s`}</output>
  </span>`;
}
