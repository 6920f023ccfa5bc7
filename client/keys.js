/** The keyboard: one table that is both what the keys do and what the page says they do.
 *
 * Simulate's letters work while the picture or nothing has the focus, so typing and buttons never toggle anything. Keys that the
 * browser needs (Tab, F6, F7) are taken only after a click into the picture: whoever came there by Tab goes on by Tab, and Esc
 * gives them back.
 */

import { FLAGS } from "./look-table.js";

/**
 * @typedef {object} Actions
 * @property {(code: string) => void} press  any key, also one that is a shortcut
 * @property {() => void} togglePlay
 * @property {() => void} step
 * @property {() => void} stepBack
 * @property {() => void} reset
 * @property {() => void} reload
 * @property {() => void} copyState
 * @property {(direction: 1 | -1) => void} changeSpeed
 * @property {(message: import("./messages.js").CameraInput) => void} moveCamera
 * @property {(direction: 1 | -1) => void} cycleCamera
 * @property {() => void} escape
 * @property {() => void} align
 * @property {() => void} selectParent
 * @property {(name: string) => void} toggleFlag
 * @property {(kind: "geom" | "site", index: number) => void} toggleGroup
 * @property {(what: "label" | "frame") => void} cycleLook
 * @property {(side: "left" | "right") => void} toggleSide
 * @property {() => void} toggleTeleop
 * @property {(event: KeyboardEvent, down: boolean) => boolean} teleoperate  whether the key was teleoperation's
 * @property {() => void} toggleHud
 * @property {() => void} toggleProfiler
 * @property {() => void} toggleSensors
 * @property {() => void} toggleFullscreen
 * @property {() => void} showShortcuts
 * @property {() => void} takePicture
 * @property {() => void} toggleRecording
 */

/**
 * @typedef {object} Shortcut
 * @property {string[]} keys  as `KeyboardEvent.key`, letters in lower case; `Digit0` for a digit of either row; `Shift+`, `Ctrl+`
 *   (also ⌘) where it must be held
 * @property {string} shown
 * @property {string} does
 * @property {"Simulation" | "Camera" | "Bodies" | "Page" | "Shown"} group
 * @property {boolean} [pictureOnly]  only while the picture has focus: the browser uses the key elsewhere
 * @property {boolean} [clickedOnly]  only while the picture has focus by a click: keyboard users need the key
 * @property {boolean} [plain]  only while the picture or nothing has focus: a letter or digit
 * @property {(actions: Actions) => void} run
 */

/** Where the focus is. `clicked` is the picture too. A `choice` (tabs, lists) needs the arrows for itself, a `button` only Space.
 * @typedef {"picture" | "clicked" | "page" | "button" | "choice" | "text"} Focus
 */

const TURN_DEG = 5;
const MOVE = 0.05;
const ZOOM = 0.12;
const GROUPS = [0, 1, 2, 3, 4, 5];

/** @param {number} d_azimuth @param {number} d_elevation */
const orbit = (d_azimuth, d_elevation) => (/** @type {Actions} */ actions) =>
  actions.moveCamera({ type: "orbit", d_azimuth, d_elevation });
/** @param {number} dx @param {number} dy */
const pan = (dx, dy) => (/** @type {Actions} */ actions) => actions.moveCamera({ type: "pan", dx, dy, plane: "vertical" });
/** @param {number} amount */
const zoom = (amount) => (/** @type {Actions} */ actions) => actions.moveCamera({ type: "zoom", amount });

/** @type {readonly Shortcut[]} */
export const SHORTCUTS = [
  { keys: [" "], shown: "Space", does: "Play or pause", group: "Simulation", run: (a) => a.togglePlay() },
  { keys: ["ArrowRight"], shown: "→", does: "One step", group: "Simulation", run: (a) => a.step() },
  { keys: ["ArrowLeft"], shown: "←", does: "One step back", group: "Simulation", run: (a) => a.stepBack() },
  { keys: ["Backspace"], shown: "Backspace", does: "Reset", group: "Simulation", run: (a) => a.reset() },
  { keys: ["Shift+Backspace"], shown: "Shift Backspace", does: "Reload the scene", group: "Simulation", run: (a) => a.reload() },
  {
    keys: ["Ctrl+c"],
    shown: "Ctrl C",
    does: "Copy the state as a keyframe",
    group: "Simulation",
    pictureOnly: true,
    run: (a) => a.copyState(),
  },
  { keys: ["+", "="], shown: "+", does: "Faster", group: "Simulation", run: (a) => a.changeSpeed(1) },
  { keys: ["-", "−"], shown: "−", does: "Slower", group: "Simulation", run: (a) => a.changeSpeed(-1) },
  {
    keys: ["Shift+ArrowLeft"],
    shown: "Shift ←",
    does: "Turn left",
    group: "Camera",
    pictureOnly: true,
    run: orbit(-TURN_DEG, 0),
  },
  {
    keys: ["Shift+ArrowRight"],
    shown: "Shift →",
    does: "Turn right",
    group: "Camera",
    pictureOnly: true,
    run: orbit(TURN_DEG, 0),
  },
  {
    keys: ["Shift+ArrowUp"],
    shown: "Shift ↑",
    does: "Look from higher",
    group: "Camera",
    pictureOnly: true,
    run: orbit(0, -TURN_DEG),
  },
  {
    keys: ["Shift+ArrowDown"],
    shown: "Shift ↓",
    does: "Look from lower",
    group: "Camera",
    pictureOnly: true,
    run: orbit(0, TURN_DEG),
  },
  { keys: ["ArrowUp"], shown: "↑", does: "Come closer", group: "Camera", pictureOnly: true, run: zoom(ZOOM) },
  { keys: ["ArrowDown"], shown: "↓", does: "Go away", group: "Camera", pictureOnly: true, run: zoom(-ZOOM) },
  { keys: ["Home"], shown: "Home", does: "Move the picture right", group: "Camera", pictureOnly: true, run: pan(MOVE, 0) },
  { keys: ["End"], shown: "End", does: "Move the picture left", group: "Camera", pictureOnly: true, run: pan(-MOVE, 0) },
  {
    keys: ["Shift+PageUp"],
    shown: "Shift Page ↑",
    does: "Move the picture down",
    group: "Camera",
    pictureOnly: true,
    run: pan(0, MOVE),
  },
  {
    keys: ["Shift+PageDown"],
    shown: "Shift Page ↓",
    does: "Move the picture up",
    group: "Camera",
    pictureOnly: true,
    run: pan(0, -MOVE),
  },
  { keys: ["["], shown: "[", does: "Camera before", group: "Camera", run: (a) => a.cycleCamera(-1) },
  { keys: ["]"], shown: "]", does: "Next camera", group: "Camera", run: (a) => a.cycleCamera(1) },
  {
    keys: ["Escape"],
    shown: "Esc",
    does: "Free camera; then select nothing",
    group: "Camera",
    pictureOnly: true,
    run: (a) => a.escape(),
  },
  { keys: ["Ctrl+a"], shown: "Ctrl A", does: "Align the camera", group: "Camera", pictureOnly: true, run: (a) => a.align() },
  {
    keys: ["PageUp"],
    shown: "Page ↑",
    does: "Select the parent body",
    group: "Bodies",
    pictureOnly: true,
    run: (a) => a.selectParent(),
  },
  {
    keys: ["Ctrl+Enter"],
    shown: "Ctrl Enter",
    does: "Teleoperation on or off",
    group: "Bodies",
    pictureOnly: true,
    run: (a) => a.toggleTeleop(),
  },
  { keys: ["F1"], shown: "F1", does: "Help: this list", group: "Page", plain: true, run: (a) => a.showShortcuts() },
  { keys: ["F2"], shown: "F2", does: "Measurements", group: "Page", run: (a) => a.toggleHud() },
  { keys: ["F3"], shown: "F3", does: "Profiler", group: "Page", run: (a) => a.toggleProfiler() },
  { keys: ["F4"], shown: "F4", does: "Sensors over the picture", group: "Page", run: (a) => a.toggleSensors() },
  {
    keys: ["Shift+Enter"],
    shown: "Shift Enter",
    does: "Full screen",
    group: "Page",
    pictureOnly: true,
    run: (a) => a.toggleFullscreen(),
  },
  { keys: ["F8"], shown: "F8", does: "Save the picture", group: "Page", run: (a) => a.takePicture() },
  { keys: ["F9"], shown: "F9", does: "Record, or stop", group: "Page", run: (a) => a.toggleRecording() },
  { keys: ["Tab"], shown: "Tab", does: "Panels at the left", group: "Page", clickedOnly: true, run: (a) => a.toggleSide("left") },
  {
    keys: ["Shift+Tab"],
    shown: "Shift Tab",
    does: "Panels at the right",
    group: "Page",
    clickedOnly: true,
    run: (a) => a.toggleSide("right"),
  },
  { keys: ["?"], shown: "?", does: "This list", group: "Page", run: (a) => a.showShortcuts() },
  { keys: ["F6"], shown: "F6", does: "Next kind of frames", group: "Shown", clickedOnly: true, run: (a) => a.cycleLook("frame") },
  { keys: ["F7"], shown: "F7", does: "Next kind of labels", group: "Shown", clickedOnly: true, run: (a) => a.cycleLook("label") },
  ...groupKeys("geom", ""),
  ...groupKeys("site", "Shift+"),
  ...FLAGS.filter((flag) => flag.key !== "").map(flagKey),
];

/** @param {import("./look-table.js").Flag} flag @returns {Shortcut} */
function flagKey({ name, title, key }) {
  return { keys: [key.toLowerCase()], shown: key, does: title, group: "Shown", plain: true, run: (a) => a.toggleFlag(name) };
}

/** @param {"geom" | "site"} kind @param {"" | "Shift+"} shift @returns {Shortcut[]} */
function groupKeys(kind, shift) {
  return GROUPS.map((index) => ({
    keys: [`${shift}Digit${index}`],
    shown: `${shift.replace("+", " ")}${index}`,
    does: `${kind === "geom" ? "Geom" : "Site"} group ${index}`,
    group: "Shown",
    plain: true,
    run: (a) => a.toggleGroup(kind, index),
  }));
}

/** What hands do, for the same list. */
export const GESTURES = [
  { shown: "Drag · one finger", does: "Turn the camera" },
  { shown: "Right drag · two fingers", does: "Move the camera" },
  { shown: "Shift + right drag", does: "Move along the floor" },
  { shown: "Wheel · pinch · middle drag", does: "Zoom to the pointer" },
  { shown: "Double click · long press", does: "Select the body" },
  { shown: "Ctrl + drag", does: "Turn the selected body" },
  { shown: "Ctrl + right drag", does: "Pull the selected body (paused: move it)" },
  { shown: "Shift as well", does: "… in the plane of the floor" },
  { shown: "Drag a body", does: "Pull it, with direct drag on" },
  { shown: "Double right click", does: "Centre the camera there" },
  { shown: "Ctrl + double right click", does: "Follow that body" },
];

/** The shortcut that a key press means, or null: text fields, dialogs and the browser's own chords are left alone.
 * @param {{key: string, code?: string, shiftKey: boolean, ctrlKey: boolean, altKey: boolean, metaKey: boolean}} event
 * @param {Focus} focus
 * @returns {Shortcut | null}
 */
export function shortcutFor(event, focus) {
  if (event.altKey || focus === "text") return null;
  if (focus === "button" && event.key === " ") return null;
  if (focus === "choice" && /^( |Escape|Home|End|Arrow|Page)/.test(event.key)) return null;
  const name = keyName(event);
  const inPicture = focus === "picture" || focus === "clicked";
  return (
    SHORTCUTS.find(
      ({ keys, pictureOnly, clickedOnly, plain }) =>
        keys.includes(name) &&
        (!pictureOnly || inPicture) &&
        (!clickedOnly || focus === "clicked") &&
        (!plain || inPicture || focus === "page"),
    ) ?? null
  );
}

/** A key as the table writes it. Digits go by their place, because Shift makes other characters of them on every layout; so do
 * letters of other scripts.
 * @param {{key: string, code?: string, shiftKey: boolean, ctrlKey: boolean, metaKey: boolean}} event
 */
function keyName({ key, code = "", shiftKey, ctrlKey, metaKey }) {
  const ctrl = ctrlKey || metaKey ? "Ctrl+" : "";
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code);
  if (digit) return `${ctrl}${shiftKey ? "Shift+" : ""}Digit${digit[1]}`;
  if (key.length > 1) return `${ctrl}${shiftKey ? "Shift+" : ""}${key}`; // for characters, Shift is part of the key
  const letter = key > "\u024f" ? /^Key([A-Z])$/.exec(code)?.[1] : null;
  return ctrl + (letter ?? key).toLowerCase();
}

/**
 * @param {HTMLElement} picture
 * @param {Actions} actions
 * @returns {() => void} detaches
 */
export function attachKeys(picture, actions) {
  const listeners = new AbortController();
  const { signal } = listeners;
  let clicked = false;
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.defaultPrevented || event.isComposing) return;
      const focus = focusKind(event.target, picture, clicked);
      if (focus !== "text" && actions.teleoperate(event, true)) {
        event.preventDefault();
        return;
      }
      const alone = !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey;
      if (alone && ["picture", "clicked", "page"].includes(focus)) actions.press(event.code);
      const shortcut = shortcutFor(event, focus);
      if (event.key === "Escape") clicked = false; // Tab leads on again
      if (!shortcut || (event.key === "c" && getSelection()?.isCollapsed === false)) return;
      event.preventDefault();
      if (!event.repeat || shortcut.group === "Camera" || /^Arrow(Left|Right)$/.test(event.key)) shortcut.run(actions);
    },
    { signal },
  );
  document.addEventListener("keyup", (event) => actions.teleoperate(event, false), { signal });
  picture.addEventListener("pointerdown", () => (clicked = true), { signal });
  picture.addEventListener("blur", () => (clicked = false), { signal });
  return () => listeners.abort();
}

/**
 * @param {EventTarget | null} target
 * @param {HTMLElement} picture
 * @param {boolean} clicked
 * @returns {Focus}
 */
function focusKind(target, picture, clicked) {
  if (target === picture) return clicked ? "clicked" : "picture";
  if (!(target instanceof HTMLElement) || target === document.body) return "page";
  if (target.isContentEditable || target.shadowRoot || target.closest("dialog")) return "text"; // the editor has a shadow root
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return "text";
  if (target instanceof HTMLInputElement) return "text";
  return target.closest("[role=tablist], [role=listbox], [role=radiogroup], [role=tree]") ? "choice" : "button";
}
