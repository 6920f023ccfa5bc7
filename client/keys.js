/** The keyboard: one table that is both what the keys do and what the page says they do. */

/**
 * @typedef {object} Actions
 * @property {(code: string) => void} press  any key, also one that is a shortcut
 * @property {() => void} togglePlay
 * @property {() => void} step
 * @property {() => void} reset
 * @property {(direction: 1 | -1) => void} changeSpeed
 * @property {(message: import("./messages.js").CameraInput) => void} moveCamera
 * @property {(direction: 1 | -1) => void} cycleCamera
 * @property {() => void} freeCamera
 * @property {() => void} toggleHud
 * @property {() => void} toggleFullscreen
 * @property {() => void} showShortcuts
 */

/**
 * @typedef {object} Shortcut
 * @property {string[]} keys  as `KeyboardEvent.key`; `Shift+` where it must be held
 * @property {string} shown
 * @property {string} does
 * @property {"Simulation" | "Camera" | "Page"} group
 * @property {boolean} [pictureOnly]  only while the picture has focus: the browser uses the key elsewhere
 * @property {(actions: Actions) => void} run
 */

/** Where the focus is. A `choice` (tabs, lists) needs the arrows for itself, a `button` only Space.
 * @typedef {"picture" | "page" | "button" | "choice" | "text"} Focus
 */

const TURN_DEG = 5;
const MOVE = 0.05;
const ZOOM = 0.12;

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
  { keys: ["Backspace"], shown: "Backspace", does: "Reset", group: "Simulation", run: (a) => a.reset() },
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
  { keys: ["PageUp"], shown: "Page ↑", does: "Move the picture down", group: "Camera", pictureOnly: true, run: pan(0, MOVE) },
  { keys: ["PageDown"], shown: "Page ↓", does: "Move the picture up", group: "Camera", pictureOnly: true, run: pan(0, -MOVE) },
  { keys: ["["], shown: "[", does: "Camera before", group: "Camera", run: (a) => a.cycleCamera(-1) },
  { keys: ["]"], shown: "]", does: "Next camera", group: "Camera", run: (a) => a.cycleCamera(1) },
  { keys: ["Escape"], shown: "Esc", does: "Free camera", group: "Camera", pictureOnly: true, run: (a) => a.freeCamera() },
  { keys: ["F2"], shown: "F2", does: "Measurements", group: "Page", run: (a) => a.toggleHud() },
  {
    keys: ["f", "F", "F5"],
    shown: "F, F5",
    does: "Full screen",
    group: "Page",
    pictureOnly: true,
    run: (a) => a.toggleFullscreen(),
  },
  { keys: ["?"], shown: "?", does: "This list", group: "Page", run: (a) => a.showShortcuts() },
];

/** What hands do, for the same list. */
export const GESTURES = [
  { shown: "Drag · one finger", does: "Turn the camera" },
  { shown: "Right drag · two fingers", does: "Move the camera" },
  { shown: "Shift + right drag", does: "Move along the floor" },
  { shown: "Wheel · pinch · middle drag", does: "Zoom to the pointer" },
];

/** The shortcut that a key press means, or null: text fields, dialogs and the browser's own chords are left alone.
 * @param {{key: string, shiftKey: boolean, ctrlKey: boolean, altKey: boolean, metaKey: boolean}} event
 * @param {Focus} focus
 * @returns {Shortcut | null}
 */
export function shortcutFor(event, focus) {
  if (event.ctrlKey || event.altKey || event.metaKey || focus === "text") return null;
  if (focus === "button" && event.key === " ") return null;
  if (focus === "choice" && /^( |Escape|Home|End|Arrow|Page)/.test(event.key)) return null;
  const shifted = event.shiftKey && event.key.length > 1; // for characters, Shift is part of the key
  const name = shifted ? `Shift+${event.key}` : event.key;
  const found = SHORTCUTS.find((shortcut) => shortcut.keys.includes(name));
  return found && (!found.pictureOnly || focus === "picture") ? found : null;
}

/**
 * @param {HTMLElement} picture
 * @param {Actions} actions
 * @returns {() => void} detaches
 */
export function attachKeys(picture, actions) {
  const listeners = new AbortController();
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.defaultPrevented || event.isComposing) return;
      const focus = focusKind(event.target, picture);
      const alone = !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey;
      if (alone && (focus === "picture" || focus === "page")) actions.press(event.code);
      const shortcut = shortcutFor(event, focus);
      if (!shortcut) return;
      event.preventDefault();
      if (!event.repeat || shortcut.group === "Camera" || shortcut.keys.includes("ArrowRight")) shortcut.run(actions);
    },
    { signal: listeners.signal },
  );
  return () => listeners.abort();
}

/**
 * @param {EventTarget | null} target
 * @param {HTMLElement} picture
 * @returns {Focus}
 */
function focusKind(target, picture) {
  if (target === picture) return "picture";
  if (!(target instanceof HTMLElement) || target === document.body) return "page";
  if (target.isContentEditable || target.closest("dialog")) return "text";
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return "text";
  if (target instanceof HTMLInputElement) return "text";
  return target.closest("[role=tablist], [role=listbox], [role=radiogroup]") ? "choice" : "button";
}
