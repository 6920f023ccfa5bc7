/** The editor's drawer: MJCF of the scene that runs, checked while it is written, applied for everybody. */

import { named, take } from "../files.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "../vendor/preact.js";
import { sentence } from "../words.js";
import { EditorSession, plural } from "./editor-session.js";
import { Icon, IconButton } from "./parts.js";

/** @typedef {{page: import("../state.js").PageState}} Props */
/** @typedef {{page: import("../state.js").PageState, session: EditorSession}} Inside */

/** @type {EditorSession | null} */
let only = null;

/** @param {Props} props */
export function EditorPanel({ page }) {
  const session = (only ??= new EditorSession(page));
  const slot = useRef(/** @type {HTMLElement | null} */ (null));
  const [listing, setListing] = useState(false);
  useLayoutEffect(() => {
    slot.current?.append(session.editor.element);
    return () => session.editor.element.remove();
  }, []);
  const sceneId = page.scene.value?.scene_id;
  useEffect(() => {
    if (sceneId !== undefined) void session.follow();
  }, [sceneId]);
  const wanted = page.toEdit.value;
  useEffect(() => {
    if (!wanted) return;
    page.toEdit.value = null;
    session.open(wanted.text, wanted.problem);
  }, [wanted]);
  return html`<div class="panel editor">
    <${Bar} page=${page} session=${session} listing=${listing} list=${setListing} />
    ${listing && html`<${Versions} page=${page} session=${session} close=${() => setListing(false)} />`}
    <${Theirs} page=${page} session=${session} />
    <div class="code-slot" ref=${slot}></div>
    <${Findings} page=${page} session=${session} />
  </div>`;
}

/** @param {Inside & {listing: boolean, list: (shown: boolean) => void}} props */
function Bar({ page, session, listing, list }) {
  const file = useRef(/** @type {HTMLInputElement | null} */ (null));
  const busy = session.busy.value !== "";
  const off = busy || !session.dirty.value || !page.controls.value;
  return html`<div class="row editor-bar">
    <button type="button" class="primary" title="Load it for everybody (Ctrl+Enter)" disabled=${off} onClick=${() => session.apply()}>
      ${busy ? html`<span class="spinner" aria-hidden="true"></span>Applying…` : "Apply"}
    </button>
    <label class="check" title="Time, pose, velocities and controls go on where the models agree">
      <input
        type="checkbox"
        checked=${session.keepPose.value}
        onChange=${(/** @type {any} */ event) => (session.keepPose.value = event.target.checked)}
      />Keep pose
    </label>
    <span class="grow"></span>
    <${IconButton} icon="undo-2" label="Undo" onClick=${() => session.editor.undo()} />
    <${IconButton} icon="redo-2" label="Redo" onClick=${() => session.editor.redo()} />
    <${IconButton} icon="search" label="Search" keys="Ctrl+F" onClick=${() => session.editor.search()} />
    <${IconButton}
      icon="file-diff"
      label="Show what differs from the running scene"
      aria-pressed=${String(session.comparing.value)}
      onClick=${() => session.compare()}
    />
    <${IconButton} icon="rotate-ccw" label="Revert to the running scene" disabled=${!session.dirty.value} onClick=${() => session.seeTheirs()} />
    <${IconButton} icon="history" label="Earlier versions" aria-expanded=${String(listing)} onClick=${() => list(!listing)} />
    <${IconButton} icon="upload" label="Open a file" onClick=${() => file.current?.click()} />
    <${IconButton} icon="download" label="Save to a file" onClick=${() => session.save()} />
    <input
      ref=${file}
      type="file"
      accept=".xml,text/xml,application/xml"
      hidden
      onChange=${(/** @type {any} */ event) => {
        void take(named([...event.target.files]), {
          file: (xml) => session.open(xml),
          files: () => page.say("warn", "This is no text for the editor.", "Drop the model on the page to show it."),
          text: () => {},
          over: () => {},
          refuse: (why) => page.say("warn", why),
        });
        event.target.value = "";
      }}
    />
  </div>`;
}

/** @param {Inside & {close: () => void}} props */
function Versions({ session, close }) {
  const versions = session.versions.value;
  const when = new Intl.DateTimeFormat(undefined, { dateStyle: "short", timeStyle: "medium" });
  return html`<section class="versions" aria-label="Earlier versions">
    ${versions.length === 0 && html`<p class="muted">Nothing yet. What you apply here is kept in this browser, the last 20 times.</p>`}
    <ul>
      ${versions.map(
        (version) =>
          html`<li key=${version.at}>
            <button
              type="button"
              onClick=${() => {
                session.restore(version);
                close();
              }}
            >
              <span>${when.format(version.at)}</span>
              <span class="muted">${version.applied ? "applied" : "not applied"} · ${version.title} · ${plural(version.text.split("\n").length, "line")}</span>
            </button>
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Somebody else loaded another scene. @param {Inside} props */
function Theirs({ page, session }) {
  const theirs = session.theirs.value;
  if (!theirs) return null;
  return html`<div class="note warn theirs" role="alert">
    <${Icon} name="triangle-alert" />
    <span class="grow"><b>${theirs.title}</b> was loaded meanwhile. Your text is kept here.</span>
    <span class="row">
      <button type="button" class="outlined" disabled=${session.busy.value !== ""} onClick=${() => session.seeTheirs()}>See theirs</button>
      <button type="button" class="outlined" onClick=${() => session.keepMine()}>Keep mine</button>
      <button type="button" class="outlined" disabled=${session.busy.value !== "" || !page.controls.value} onClick=${() => session.apply(true)}>
        Overwrite
      </button>
    </span>
  </div>`;
}

/** @param {Inside} props */
function Findings({ session }) {
  const { problems, warnings } = session.check.value;
  const { text, level } = standing(session);
  return html`<div class="findings">
    <p role="status" class=${`standing ${level}`}>
      ${level === "busy" ? html`<span class="spinner" aria-hidden="true"></span>` : level && html`<${Icon} name=${level === "good" ? "check" : "circle-alert"} />`}
      <span>${text}</span>
    </p>
    ${session.problem.value && html`<p class="note bad" role="alert">${session.problem.value}</p>`}
    ${
      problems.length > 0 &&
      html`<ul class="problems" aria-label="Mistakes">
        ${problems.map(
          (one, index) =>
            html`<li key=${index}>
              <button type="button" onClick=${() => session.editor.goTo(one)}>
                <span class="line">${one.line === null ? "" : one.line}</span>
                <span>${one.hint ? html`${sentence(one.message)} <span class="muted">${one.hint}</span>` : one.message}</span>
              </button>
            </li>`,
        )}
      </ul>`
    }
    ${
      warnings.length > 0 &&
      html`<ul class="problems" aria-label="Warnings">
        ${warnings.map((text) => html`<li key=${text} class="note warn"><${Icon} name="triangle-alert" />${text}</li>`)}
      </ul>`
    }
  </div>`;
}

/** The one line that says where the text stands.
 * @param {EditorSession} session
 * @returns {{text: string, level: "" | "busy" | "good" | "bad"}}
 */
function standing(session) {
  const { state, problems, sizes, why } = session.check.value;
  if (session.said.value) return { text: session.said.value, level: "good" };
  if (!session.dirty.value) {
    const none = session.running.value?.xml === null;
    const text = none ? "This scene was loaded compiled: it has no text. Paste MJCF here to replace it." : "This is the scene that runs.";
    return { text: session.running.value ? text : "", level: "" };
  }
  if (state === "unknown") return { text: `Not checked: ${why}`, level: "bad" };
  if (state === "checking" && problems.length === 0) return { text: "Checking…", level: "busy" };
  if (problems.length > 0) return { text: plural(problems.length, "mistake"), level: "bad" };
  if (!sizes) return { text: "", level: "" };
  const parts = [plural(sizes.nbody, "body"), plural(sizes.njnt, "joint")];
  if (sizes.nu > 0) parts.push(plural(sizes.nu, "actuator"));
  if (sizes.nsensor > 0) parts.push(plural(sizes.nsensor, "sensor"));
  return { text: `Compiles: ${parts.join(", ")}.`, level: "good" };
}
