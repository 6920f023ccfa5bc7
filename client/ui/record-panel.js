/** What was recorded: begin and end, play, take home, delete, draw again; and pictures of the view. */

import {
  JSON_BODY,
  SIZES,
  changingRecording,
  complain,
  pictureKind,
  pictureOverlays,
  pictureSize,
  takePicture,
  takingPicture,
  toggleRecording,
  what,
} from "../record.js";
import { loadStyles } from "../panels/styles.js";
import { html, signal, useEffect, useRef } from "../vendor/preact.js";
import { clock, fileSize } from "../words.js";
import { Choice, Icon, IconButton, Section } from "./parts.js";
import { RenderForm } from "./render-form.js";

/** @typedef {{page: import("../state.js").PageState}} Props */
/** @typedef {import("../messages.js").Recording} Recording */
/** @typedef {import("../messages.js").RecordedFile} RecordedFile */
/** @typedef {{id: number, recording_id: string, file: string, state: string, progress: number, error: string}} Job */
/** @typedef {{recordings: Recording[], renders: Job[], used_bytes: number, quota_bytes: number, limit_s: number}} Listing */

const POLL_MS = 1000;
const KINDS = { video: "Video", trajectory: "Trajectory", render: "Drawn again" };
const STATES = { recording: "Recording", done: "", interrupted: "Interrupted", failed: "Failed" };

const listing = signal(/** @type {Listing | null} */ (null));
const problem = signal("");
const playing = signal(/** @type {{title: string, file: RecordedFile} | null} */ (null));
const sure = signal(""); // the recording whose deletion was asked for once

/** @param {Props["page"]} page */
async function refresh(page) {
  try {
    listing.value = await page.ask("api/recordings");
    problem.value = "";
  } catch (error) {
    problem.value = error instanceof Error ? error.message : String(error);
  }
}

/**
 * @param {Props["page"]} page
 * @param {string} path
 * @param {RequestInit} options
 */
async function change(page, path, options) {
  try {
    await page.ask(path, options);
  } catch (error) {
    complain(page, error);
  }
  await refresh(page);
}

/** @param {Props} props */
export function RecordPanel({ page }) {
  const running = page.status.value?.recording ?? null;
  const live = page.phase.value.name === "live";
  const list = listing.value;
  const drawing =
    (list?.renders.some(({ state }) => state === "drawing" || state === "waiting") ?? false) ||
    (list?.recordings.some(({ state }) => state === "recording") ?? false);
  useEffect(() => void loadStyles("record.css"), []);
  useEffect(() => {
    void refresh(page);
  }, [running?.id, live]);
  useEffect(() => {
    if (!drawing) return;
    const timer = setInterval(() => void refresh(page), POLL_MS);
    return () => clearInterval(timer);
  }, [drawing]);
  return html`<div class="panel">
    <${Section} title="Record">
      <${Choice}
        label="What to record"
        options=${[
          ["video", "Video"],
          ["trajectory", "Trajectory"],
          ["both", "Both"],
        ]}
        value=${what.value}
        onChoose=${(/** @type {any} */ value) => (what.value = value)}
      />
      <p class="muted">
        The video is what the room is shown. A trajectory holds every state, so that it replays bit for bit and can be drawn again.
      </p>
      <div class="row">
        <button
          type="button"
          class=${running ? "outlined" : "primary"}
          disabled=${!live || changingRecording.value}
          onClick=${() => toggleRecording(page)}
        >
          <${Icon} name=${running ? "square" : "circle-dot"} />${running ? "Stop" : "Record"}
        </button>
        ${running && html`<span class="muted">${clock(running.elapsed_s)} · ${fileSize(running.bytes)}</span>`}
      </div>
    <//>
    <${Picture} page=${page} live=${live} />
    <${Section}
      title="Recordings"
      aside=${list && list.recordings.length > 0 ? `${fileSize(list.used_bytes)} of ${fileSize(list.quota_bytes)}` : null}
    >
      ${problem.value && html`<p class="note bad" role="alert">${problem.value}</p>`}
      ${list === null && !problem.value && html`<p class="muted">Loading…</p>`}
      ${list?.recordings.length === 0 && html`<p class="muted">Nothing was recorded yet.</p>`}
      <ul class="recordings" aria-label="Recordings">
        ${list?.recordings.map(
          (one) => html`<${Entry}
            key=${one.id}
            page=${page}
            one=${one}
            jobs=${list.renders.filter((job) => job.recording_id === one.id)}
          />`,
        )}
      </ul>
    <//>
    <${Player} />
  </div>`;
}

/** @param {Props & {live: boolean}} props */
function Picture({ page, live }) {
  return html`<${Section} title="Picture">
    <${Choice}
      label="What the picture holds"
      options=${[
        ["color", "Colour"],
        ["depth", "Depth"],
        ["segmentation", "Objects"],
      ]}
      value=${pictureKind.value}
      onChoose=${(/** @type {any} */ value) => (pictureKind.value = value)}
    />
    <label class="tick">
      <input
        type="checkbox"
        checked=${pictureOverlays.value}
        onChange=${(/** @type {any} */ event) => (pictureOverlays.value = event.target.checked)}
      />
      With flags and labels as shown
    </label>
    <div class="row">
      <select
        aria-label="Size of the picture"
        value=${pictureSize.value}
        onChange=${(/** @type {any} */ event) => (pictureSize.value = event.target.value)}
      >
        ${Object.entries(SIZES).map(([key, [text]]) => html`<option key=${key} value=${key} selected=${key === pictureSize.value}>${text}</option>`)}
      </select>
      <button type="button" class="outlined" disabled=${!live || takingPicture.value} onClick=${() => takePicture(page)}>
        <${Icon} name="camera" />${takingPicture.value ? "Drawing…" : "Save picture"}
      </button>
    </div>
  <//>`;
}

/** @param {Props & {one: Recording, jobs: Job[]}} props */
function Entry({ page, one, jobs }) {
  const video = one.files.find(({ kind }) => kind === "video");
  const title = one.title || "Recording";
  const state = STATES[one.state];
  const busy = one.state === "recording";
  const files = one.files.filter(({ bytes }) => bytes > 0);
  const remove = () => {
    if (sure.value !== one.id) {
      sure.value = one.id;
      return;
    }
    sure.value = "";
    void change(page, `api/recordings/${one.id}`, { method: "DELETE" });
  };
  return html`<li class="recording">
    <button
      type="button"
      class="thumb"
      aria-label=${`Play ${title}`}
      disabled=${!video || busy}
      onClick=${() => video && (playing.value = { title, file: video })}
    >
      ${
        one.thumbnail
          ? html`<img src=${page.thumbnail(one.thumbnail)} alt="" width="320" height="180" loading="lazy" />`
          : html`<${Icon} name="clapperboard" />`
      }
    </button>
    <div class="what">
      <b title=${title}>${title}</b>
      <span class="muted">${new Date(one.started * 1000).toLocaleString()}</span><br />
      <span class="muted">${one.state === "recording" ? "" : `${clock(one.duration_s)} · `}${fileSize(one.bytes)}</span>
    </div>
    ${state && html`<p class=${one.state === "failed" ? "note bad" : "note warn"}>${state}${one.reason && `: ${one.reason}`}</p>`}
    ${
      !busy &&
      html`<details>
        <summary>${files.length === 1 ? "1 file" : `${files.length} files`}</summary>
        <ul class="files">
          ${files.map((file) => html`<${File} key=${file.name} page=${page} one=${one} file=${file} title=${title} />`)}
        </ul>
        <button type="button" class="outlined" onClick=${remove}>
          <${Icon} name="trash-2" />${sure.value === one.id ? "Delete for good?" : "Delete"}
        </button>
      </details>`
    }
    ${jobs
      .filter(({ state }) => state === "waiting" || state === "drawing" || state === "failed")
      .map((job) => html`<${Drawing} key=${job.id} page=${page} job=${job} />`)}
  </li>`;
}

/** @param {Props & {one: Recording, file: RecordedFile, title: string}} props */
function File({ page, one, file, title }) {
  const address = page.thumbnail(file.url);
  const download = `${address}${address.includes("?") ? "&" : "?"}download=true`;
  const length = file.kind === "trajectory" ? `${file.states} states` : clock(file.duration_s);
  const size = file.width ? ` · ${file.width}×${file.height}` : "";
  return html`<li>
    <span class="name">
      ${KINDS[file.kind]} <span class="muted">${length} · ${fileSize(file.bytes)}${size}${file.ended && ` · until ${file.ended}`}</span>
    </span>
    ${
      file.kind !== "trajectory" &&
      html`<${IconButton} icon="play" label=${`Play ${file.name}`} onClick=${() => (playing.value = { title, file })} />`
    }
    <a class="link" href=${download} download aria-label=${`Download ${file.name}`}><${Icon} name="download" />${file.name.split(".").pop()}</a>
    ${
      file.kind === "trajectory" &&
      html`<${RenderForm}
        onDraw=${(/** @type {Record<string, unknown>} */ wish) =>
          change(page, `api/recordings/${one.id}/render`, {
            method: "POST",
            headers: JSON_BODY,
            body: JSON.stringify({ ...wish, file: file.name }),
          })}
      />`
    }
  </li>`;
}

/** @param {Props & {job: Job}} props */
function Drawing({ page, job }) {
  if (job.state === "failed") return html`<p class="note bad">${job.file}: ${job.error}</p>`;
  return html`<div class="row">
    <label>Drawing ${job.file} <progress max="1" value=${job.progress}></progress></label>
    <button
      type="button"
      class="outlined"
      onClick=${() => change(page, `api/recordings/${job.recording_id}/render/${job.id}`, { method: "DELETE" })}
    >
      Cancel
    </button>
  </div>`;
}

function Player() {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const shown = playing.value;
  useEffect(() => {
    if (shown) dialog.current?.showModal();
    else dialog.current?.close();
  }, [shown]);
  return html`<dialog ref=${dialog} class="card player" aria-label="Recorded video" onClose=${() => (playing.value = null)}>
    <div class="drawer-head">
      <h2>${shown?.title}</h2>
      <${IconButton} icon="x" label="Close the video" onClick=${() => (playing.value = null)} />
    </div>
    ${shown && html`<video controls autoplay playsinline src=${new URL(shown.file.url.slice(1), document.baseURI).href}></video>`}
  </dialog>`;
}
