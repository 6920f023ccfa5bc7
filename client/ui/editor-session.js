/** One text being edited beside the scene that runs: what it is based on, whether it differs, what is wrong with it.
 *
 * It outlives the panel that shows it, so that closing the panel loses nothing; `drafts.js` makes it outlive the page.
 * Nothing that somebody wrote is ever replaced without a way back: Undo, or the list of versions.
 */

import { Drafts, fingerprint } from "../drafts.js";
import { completionsAt, explainAt } from "../mjcf/assist.js";
import { loadSchema } from "../mjcf/schema.js";
import { stored } from "../prefs.js";
import { SceneRefused, checkXml } from "../scenes.js";
import { batch, signal } from "../vendor/preact.js";
import { withHint } from "../words.js";
import { CodeEditor } from "./code-editor.js";

const CHECK_AFTER_MS = 400;
const KEEP_AFTER_MS = 300;
const AGAIN_AFTER_MS = 1500;

/** @typedef {import("../scenes.js").RunningScene} RunningScene */
/** @typedef {import("../scenes.js").Problem} Problem */
/** @typedef {{state: "" | "checking" | "checked" | "unknown", problems: Problem[], warnings: string[], sizes: import("../scenes.js").Sizes | null, why: string}} Check */

/** @type {Check} */
const UNCHECKED = { state: "", problems: [], warnings: [], sizes: null, why: "" };

/** @type {import("./code-editor.js").Assist} */
const MJCF = {
  complete: async (text, at, asked) => completionsAt(await loadSchema(), text, at, asked),
  explain: async (text, at) => explainAt(await loadSchema(), text, at),
};

export class EditorSession {
  check = signal(UNCHECKED);
  dirty = signal(false);
  busy = signal("");
  /** What the room shows by now, when the text is based on something else. */
  theirs = signal(/** @type {RunningScene | null} */ (null));
  running = signal(/** @type {RunningScene | null} */ (null));
  comparing = signal(false);
  said = signal("");
  problem = signal("");
  versions = signal(/** @type {import("../drafts.js").Version[]} */ ([]));
  keepPose = stored("editorKeepsPose", true);

  #page;
  #drafts;
  /** @type {RunningScene | null} */
  #base = null;
  #asker = crypto.randomUUID?.() ?? String(Math.random());
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #checkTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #keepTimer;
  #checking = new AbortController();
  #followed = 0;
  #restored = false;
  /** @type {{text: string, problem: string} | null} */
  #waiting = null;

  /** @param {import("../state.js").PageState} page */
  constructor(page) {
    this.#page = page;
    this.#drafts = new Drafts(storage(), page.welcome.value?.room_id ?? "");
    this.versions.value = this.#drafts.versions;
    this.editor = new CodeEditor({
      language: "mjcf",
      label: "MJCF",
      placeholder: "<mujoco>\n  <worldbody> … </worldbody>\n</mujoco>",
      assist: MJCF,
      onChange: () => this.#changed(),
      keys: { "Mod-Enter": () => void this.apply(), "Mod-s": () => this.save() },
    });
    addEventListener("pagehide", () => this.#keep());
  }

  /** Take up what the room shows. What somebody has changed here stays, and `theirs` says that there is another scene. */
  async follow() {
    const turn = (this.#followed += 1);
    /** @type {RunningScene} */
    let running;
    try {
      running = await this.#page.library.current();
    } catch (error) {
      if (turn !== this.#followed) return;
      this.problem.value = wordsOf(error);
      this.#openWaiting(); // nothing runs: then there is nothing to compare it with either
      return;
    }
    if (turn !== this.#followed || this.busy.value === "applying") return;
    batch(() => {
      this.problem.value = "";
      this.running.value = running;
      if (!this.#restored) this.#restore(running);
      else if (running.scene_id === this.#base?.scene_id) this.theirs.value = null;
      else if (!this.dirty.value) this.#take(running);
      else if (running.xml === this.editor.text) this.#settle(running);
      else if (running.xml === this.#base?.xml) this.keepMine(running); // the same scene, loaded anew
      else this.theirs.value = running;
      this.#openWaiting();
      this.#compareAgain();
    });
  }

  /** Load the text for everybody. `over`: also when another scene is shown by now. */
  async apply(over = false) {
    if (this.busy.value !== "") return;
    const text = this.editor.text;
    const based = over ? this.theirs.value : this.#base;
    this.busy.value = "applying";
    this.said.value = this.problem.value = "";
    try {
      checkXml(text);
      const unnamed = !/<mujoco[^>]*\smodel\s*=/.test(text);
      const loaded = await this.#page.library.load({
        xml: text,
        name: unnamed && this.#base && !this.#base.preset ? this.#base.name : undefined,
        keep_pose: this.keepPose.value,
        based_on: based?.scene_id,
      });
      this.#settle({ scene_id: loaded.scene_id, name: loaded.name, title: loaded.name, preset: null, xml: text, by: null });
      this.#drafts.add({ at: Date.now(), title: loaded.name, text, applied: true });
      this.versions.value = this.#drafts.versions;
      this.said.value = `Applied for everybody. ${keptInWords(loaded.kept)}`.trim();
      this.check.value = { ...this.check.value, warnings: loaded.warnings };
    } catch (error) {
      this.#refused(error);
    } finally {
      this.busy.value = "";
      this.#compareAgain();
    }
    if (this.#page.scene.value?.scene_id !== this.#base?.scene_id) void this.follow(); // somebody was faster, or comes after
  }

  /** Put what the room shows in the place of the text; Undo and the versions still have it. */
  seeTheirs() {
    const theirs = this.theirs.value ?? this.running.value;
    if (theirs) this.#take(theirs);
  }

  /** Go on with the text; the next apply replaces what the room shows now. */
  keepMine(shown = this.theirs.value) {
    if (shown) this.#base = shown;
    this.theirs.value = null;
    this.#keep();
  }

  /** Put another text in, for example a file's.
   * @param {string} text
   * @param {string} [problem]  what was wrong with it
   */
  open(text, problem = "") {
    if (!this.#restored) {
      this.#waiting = { text, problem }; // what this browser kept comes first, so that it is not lost
      return;
    }
    this.#remember();
    this.editor.replace(text);
    this.problem.value = problem;
  }

  /** @param {import("../drafts.js").Version} version */
  restore(version) {
    this.open(version.text);
  }

  /** Show or hide what differs from the running scene. */
  compare() {
    this.comparing.value = !this.comparing.value;
    this.#compareAgain();
  }

  /** Download the text. */
  save() {
    const name = (this.#base?.name ?? "scene").replace(/[^\w.-]+/g, "_").slice(0, 60) || "scene";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([this.editor.text], { type: "application/xml" }));
    link.download = `${name}.xml`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  // --- inside ---------------------------------------------------------------------------------------------------------

  /** The text becomes that of `scene`. @param {RunningScene} scene */
  #take(scene) {
    if (this.dirty.value) this.#remember();
    this.#base = scene;
    this.theirs.value = null;
    this.editor.replace(scene.xml ?? "");
    this.#changed();
  }

  /** The text as it is runs as `scene`. @param {RunningScene} scene */
  #settle(scene) {
    this.#base = scene;
    batch(() => {
      this.running.value = scene;
      this.theirs.value = null;
      this.#changed();
    });
  }

  /** What was written before the page was loaded comes back. @param {RunningScene} running */
  #restore(running) {
    this.#restored = true;
    const draft = this.#drafts.draft;
    if (!draft || draft.text === running.xml) {
      this.#take(running);
      return;
    }
    this.#base = running;
    this.editor.replace(draft.text);
    this.dirty.value = true;
    if (draft.base !== fingerprint(running.xml ?? "")) {
      this.#base = null;
      this.theirs.value = running;
    }
    this.said.value = "What you had not applied is here again.";
    this.#checkSoon();
  }

  #openWaiting() {
    if (!this.#waiting) return;
    const { text, problem } = this.#waiting;
    this.#waiting = null;
    this.#restored = true;
    this.open(text, problem);
  }

  #changed() {
    const dirty = this.editor.text !== (this.#base?.xml ?? "");
    this.dirty.value = dirty;
    this.said.value = this.problem.value = ""; // both were said of the text before
    clearTimeout(this.#keepTimer);
    this.#keepTimer = setTimeout(() => this.#keep(), KEEP_AFTER_MS);
    this.#checkSoon();
  }

  #keep() {
    clearTimeout(this.#keepTimer);
    if (!this.#restored) return;
    const draft = this.dirty.value ? { text: this.editor.text, base: fingerprint(this.#base?.xml ?? "") } : null;
    if (!this.#drafts.keep(draft)) this.problem.value = "This browser has no room to keep the text: save it to a file.";
  }

  /** Put a text that is about to be replaced among the versions. */
  #remember() {
    const text = this.editor.text;
    if (!this.dirty.value || text.trim() === "") return;
    this.#drafts.add({ at: Date.now(), title: this.#base?.title ?? "", text, applied: false });
    this.versions.value = this.#drafts.versions;
  }

  #compareAgain() {
    this.editor.compare(this.comparing.value ? (this.running.value?.xml ?? "") : null);
  }

  /** @param {unknown} error */
  #refused(error) {
    if (error instanceof SceneRefused && error.code === "scene_changed") {
      void this.follow();
      return;
    }
    const { line = null, hint = "" } = error instanceof SceneRefused ? error : {};
    const message = error instanceof Error ? error.message : String(error);
    if (line === null) {
      this.problem.value = withHint(message, hint);
      return;
    }
    const known = this.check.value.problems;
    if (!known.some((one) => one.line === line)) {
      /** @type {Problem} */
      const problem = { line, column: 1, end_column: 1000, severity: "error", source: "mujoco", message, hint };
      this.#found({ ...UNCHECKED, state: "checked", problems: [...known, problem] });
    }
    this.problem.value = "Not applied: the text has mistakes.";
  }

  // --- checking -------------------------------------------------------------------------------------------------------

  #checkSoon(after = CHECK_AFTER_MS) {
    clearTimeout(this.#checkTimer);
    this.#checking.abort();
    if (!this.dirty.value) {
      this.#found(UNCHECKED);
      return;
    }
    this.check.value = { ...this.check.value, state: "checking" };
    this.#checkTimer = setTimeout(() => void this.#checkNow(), after);
  }

  async #checkNow() {
    const asking = (this.#checking = new AbortController());
    const text = this.editor.text;
    try {
      const based = this.theirs.value ?? this.#base; // what Apply would take the place of, and its files
      const found = await this.#page.library.check(text, this.#asker, based?.scene_id, asking.signal);
      if (!asking.signal.aborted) this.#found({ ...found, state: "checked", why: "" });
    } catch (error) {
      if (asking.signal.aborted) return;
      const { code = "" } = error instanceof SceneRefused ? error : {};
      this.#found({ ...UNCHECKED, state: "unknown", why: wordsOf(error) }); // what was found belongs to another text
      if (code === "rate_limited" || code === "room_busy") this.#checkSoon(AGAIN_AFTER_MS);
    }
  }

  /** @param {Check} check */
  #found(check) {
    this.check.value = check;
    this.editor.mark(check.problems);
  }
}

/** @param {import("../messages.js").KeptPose | null} kept */
export function keptInWords(kept) {
  if (!kept) return "";
  if (kept.reason) return `Started anew: ${kept.reason}.`;
  /** @type {[number, number, string][]} */
  const counts = [
    [kept.joints, kept.joints_of, "joint"],
    [kept.actuators, kept.actuators_of, "actuator"],
    [kept.mocaps, kept.mocaps_of, "mocap body"],
  ];
  const said = counts.filter(([, of]) => of > 0).map(([count, of, what]) => `${count} of ${plural(of, what)}`);
  return said.length > 0 ? `Kept ${said.join(", ")}.` : "";
}

/** @param {number} count @param {string} what */
export const plural = (count, what) => `${count} ${count === 1 ? what : what.replace(/y$/, "ie")}${count === 1 ? "" : "s"}`;

/** @param {unknown} error */
function wordsOf(error) {
  const hint = error instanceof SceneRefused ? error.hint : "";
  return withHint(error instanceof Error ? error.message : String(error), hint);
}

/** @returns {Storage | null} */
function storage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
