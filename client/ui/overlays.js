/** What lies over the picture: never its centre for long, except when there is no picture. */

import { html, useState } from "../vendor/preact.js";
import { announcement, bannerOf, capital, sentence } from "../words.js";
import { Icon, IconButton } from "./parts.js";

/** @typedef {{page: import("../state.js").PageState}} Props */

const REWIND_S = 2;
const BANNER_ICON = { info: "circle-alert", warn: "triangle-alert", bad: "triangle-alert" };

/** @param {Props} props */
export function Overlays({ page }) {
  return html`<${Live} page=${page} />
    <${Banner} page=${page} />
    <${Centre} page=${page} />
    <${Hints} page=${page} />
    <${Loads} page=${page} />
    <${Toasts} page=${page} />`;
}

const STAGE = { upload: "uploading", download: "downloading", unpack: "unpacking", compile: "compiling", done: "" };

/** What is on its way, whoever asked for it.
 * @param {Props} props
 */
function Loads({ page }) {
  return html`<div class="loads" role="status" aria-label="Loading">
    ${page.loads.value.map(({ load, title, stage, done_bytes: done, total_bytes: total }) => {
      const share = total ? Math.min(1, done / total) : null;
      const text = share === null ? `${STAGE[stage]}…` : `${STAGE[stage]} ${Math.floor(share * 100)} %`;
      return html`<div class="load card" key=${load}>
        <p><b>${title}</b> <span>${text}</span></p>
        <progress aria-label=${title} value=${share ?? undefined}></progress>
      </div>`;
    })}
  </div>`;
}

/** Spoken, not seen.
 * @param {Props} props
 */
function Live({ page }) {
  return html`<p class="visually-hidden" role="status" aria-live="polite">
    ${announcement(page.phase.value, page.status.value, page.stale.value)}
  </p>`;
}

/** @param {Props} props */
function Banner({ page }) {
  const phase = page.phase.value;
  const now = phase.retryAt === null ? 0 : page.now.value; // so that it redraws for a countdown only
  const banner = bannerOf(phase, page.status.value, page.stale.value, now);
  if (!banner) return null;
  const icon = phase.name === "reconnecting" ? "wifi-off" : BANNER_ICON[banner.level];
  const action = {
    "": null,
    retry: { label: "Retry now", run: () => page.retryNow() },
    reset: { label: "Reset", run: () => page.send({ type: "reset" }) },
    simulate: { label: "Simulate on", run: () => page.send({ type: "play" }) },
    play: { label: "Wake up", run: () => page.send({ type: "play" }) },
  }[banner.action];
  return html`<div class=${`banner card ${banner.level}`}>
    ${banner.busy ? html`<span class="spinner" aria-hidden="true"></span>` : html`<${Icon} name=${icon} />`}
    <p><b>${banner.title}</b> <span>${banner.text}</span></p>
    ${
      banner.also === "rewind" &&
      html`<button type="button" class="outlined" onClick=${() => page.send({ type: "rewind", seconds: REWIND_S })}>
        Rewind ${REWIND_S} s
      </button>`
    }
    ${action && html`<button type="button" class="primary" onClick=${action.run}>${action.label}</button>`}
  </div>`;
}

/** @param {Props} props */
function Centre({ page }) {
  const phase = page.phase.value;
  if (phase.name === "refused") return html`<${Refused} page=${page} />`;
  if (page.gesture.value) {
    return html`<div class="centre">
      <button type="button" class="primary big" onClick=${() => page.play()}><${Icon} name="play" />Click to start</button>
      <p class="muted">The browser wants a click before it plays.</p>
    </div>`;
  }
  if (phase.name === "connecting") {
    return html`<div class="centre">
      <span class="spinner large" aria-hidden="true"></span>
      <p><b>Connecting</b></p>
      <p class="muted">${phase.why}</p>
    </div>`;
  }
  return null;
}

/** @param {Props} props */
function Refused({ page }) {
  const { why, hint, code } = page.phase.value;
  const [token, setToken] = useState("");
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    page.useToken(token.trim());
  };
  const reload = code === "protocol_mismatch" || code === "no_webrtc";
  return html`<div class="centre">
    <div class="card refused" role="alert">
      <${Icon} name="circle-alert" />
      <h2>${code === "unauthorized" ? "This room needs a token" : "The server refused"}</h2>
      <p>${capital(sentence(why))}</p>
      ${hint && html`<p class="muted">${sentence(hint)}</p>`}
      ${
        code === "unauthorized" &&
        html`<form onSubmit=${submit} class="row">
          <input
            type="password"
            aria-label="Access token"
            placeholder="Access token"
            autocomplete="off"
            maxlength="512"
            required
            value=${token}
            onInput=${(/** @type {any} */ event) => setToken(event.target.value)}
          />
          <button type="submit" class="primary">Enter</button>
        </form>`
      }
      ${
        code !== "unauthorized" &&
        html`<div class="row">
          <button type="button" class="primary" onClick=${() => (reload ? location.reload() : page.retryNow())}>
            <${Icon} name="refresh-cw" />${reload ? "Reload the page" : "Try again"}
          </button>
        </div>`
      }
    </div>
  </div>`;
}

/** @param {Props} props */
function Hints({ page }) {
  if (page.hintsSeen.value || page.phase.value.name !== "live") return null;
  const touch = matchMedia("(pointer: coarse)").matches;
  const hints = touch
    ? [
        ["One finger", "turns the camera"],
        ["Two fingers", "move and zoom"],
        ["Long press", "selects a body"],
      ]
    : [
        ["Drag", "to orbit"],
        ["Double-click", "selects a body"],
        ["Space", "plays and pauses"],
      ];
  return html`<aside class="hints card" aria-label="First steps">
    <ul>
      ${hints.map(([key, does]) => html`<li key=${key}><kbd>${key}</kbd> ${does}</li>`)}
    </ul>
    <button type="button" class="outlined" onClick=${() => (page.hintsSeen.value = true)}>Got it</button>
  </aside>`;
}

/** @param {Props} props */
function Toasts({ page }) {
  return html`<div class="toasts" role="log" aria-live="polite" aria-label="Messages">
    ${page.toasts.value.map(
      (toast) =>
        html`<div class=${`toast card ${toast.level}`} key=${toast.id}>
          <p><b>${toast.hint ? sentence(toast.text) : toast.text}</b>${toast.hint && html`<span> ${toast.hint}</span>`}</p>
          <${IconButton} icon="x" label="Dismiss" onClick=${() => page.dismiss(toast.id)} />
        </div>`,
    )}
  </div>`;
}
