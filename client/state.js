/** What the page knows, as signals; and what a person can do, as functions. Panels read the one and call the other. */

import { copyText } from "./clipboard.js";
import { Driving } from "./driving.js";
import { keepPeerId, keepToken, takePeerId, takeToken } from "./identity.js";
import { Grip } from "./grip.js";
import { LookControl } from "./look.js";
import { MOTION_TYPES } from "./motion.js";
import { leftOut, stored } from "./prefs.js";
import { RemoteViewer } from "./remote-viewer.js";
import { SceneLibrary, SceneRefused } from "./scenes.js";
import { computed, signal } from "./vendor/preact.js";
import { CONNECTING } from "./phase.js";
import { askedTransport } from "./transport.js";
import { capital, withHint } from "./words.js";

const TOAST_MS = 6000;
const MOST_TOASTS = 3;
const MOST_RECENT = 8;
const EXTRAPOLATE_MS = 1000;
const UNSAID = [...MOTION_TYPES, "perturb_end", "set_ctrl"]; // lost without a word where there is no connection

/** @typedef {{id: number, level: "info" | "warn" | "bad", text: string, hint: string}} Toast */

/** What this browser showed lately.
 * @typedef {{title: string, preset?: string, upload?: string, root?: string}} Recent
 */

export class PageState {
  phase = signal(CONNECTING);
  status = signal(/** @type {import("./messages.js").Status | null} */ (null));
  scene = signal(/** @type {import("./messages.js").SceneUpdated | null} */ (null));
  welcome = signal(/** @type {import("./messages.js").Welcome | null} */ (null));
  metrics = signal(/** @type {import("./meter.js").Metrics | null} */ (null));
  rung = signal(/** @type {import("./messages.js").StreamStatus | null} */ (null));
  transport = signal(/** @type {import("./media.js").Transport} */ ({ name: "WebRTC", codec: "", why: "" }));
  stale = signal(false);
  gesture = signal(false);
  now = signal(performance.now());
  toasts = signal(/** @type {Toast[]} */ ([]));

  presets = signal(/** @type {import("./messages.js").PresetInfo[] | null} */ (null));
  presetsError = signal("");
  loading = signal(/** @type {string | null} */ (null)); // the preset, `xml`, or `words`
  sceneSearch = signal("");
  loads = signal(/** @type {import("./messages.js").LoadProgress[]} */ ([])); // on their way, of everybody
  recent = stored("recentScenes", /** @type {Recent[]} */ ([]));
  toEdit = signal(/** @type {{text: string, problem: string} | null} */ (null)); // for the editor, which takes it

  theme = stored("theme", /** @type {"auto" | "dark" | "light"} */ ("auto"));
  wheelReversed = stored("wheelReversed", false);
  hintsSeen = stored("hintsSeen", false);
  hud = stored("hud", false);
  profiler = stored("profiler", false);
  sensorBars = stored("sensorBars", false);
  directDrag = stored("directDrag", matchMedia("(pointer: coarse)").matches);
  teleop = signal(false);
  /** Set while teleoperation is on: takes a key, says whether it was one of its own.
   * @type {((event: KeyboardEvent, down: boolean) => boolean) | null}
   */
  teleoperate = null;
  rail = stored("railPanel", innerWidth >= 1600 ? "scenes" : "", leftOut("left") ? "" : null); // the picture comes first
  inspector = stored("inspector", true, leftOut("right") ? false : null);
  tab = stored("tab", "sim");
  relay = signal(new URL(location.href).searchParams.get("relay") === "1");
  shortcuts = signal(false);
  slideOver = signal(""); // between 700 and 1100 px: `inspector`, or a panel of the rail
  layout = signal(/** @type {"wide" | "medium" | "phone"} */ ("wide"));

  simulation = computed(() => this.status.value?.simulation ?? null);
  model = computed(() => this.scene.value?.model_info ?? null);
  selection = computed(() => this.status.value?.selection ?? null);
  looks = new LookControl(
    (message) => this.send(message),
    (text, hint) => this.say("info", text, hint),
  );
  grip = new Grip(
    (message) => this.send(message),
    (text) => this.say("warn", text),
  );
  driving = new Driving(
    (message) => this.send(message),
    () => this.status.value,
    () => this.model.value?.cameras ?? [],
    () => performance.now(),
  );
  controls = computed(() => this.phase.value.controls);
  /** Simulated seconds, carried on between two status messages so that the clock does not stutter. */
  time = computed(() => {
    const simulation = this.simulation.value;
    if (!simulation) return null;
    if (simulation.state !== "running" || this.phase.value.name !== "live") return simulation.time_s;
    const since = Math.min(EXTRAPOLATE_MS, Math.max(0, this.now.value - this.#statusAt));
    return simulation.time_s + (since / 1000) * simulation.real_time_factor;
  });

  #statusAt = 0;
  #toastId = 0;
  #token = takeToken();
  #base;
  #viewer;
  #library;

  /** @param {HTMLVideoElement} video */
  constructor(video) {
    this.#base = new URL(".", document.baseURI);
    this.#viewer = new RemoteViewer({
      video,
      base: this.#base,
      token: this.#token,
      peerId: takePeerId(),
      relay: this.relay.value,
      transport: askedTransport(location.search),
    });
    this.#library = new SceneLibrary(this.#base, () => this.#token);
    this.#listen();
  }

  /** Connect now, and let go when the page goes. */
  start() {
    this.#viewer.connect();
    setInterval(() => !document.hidden && (this.now.value = performance.now()), 100);
    addEventListener("pagehide", () => {
      keepPeerId(this.#viewer.peerId);
      this.#viewer.close();
    });
    addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      takePeerId(); // the viewer knows it
      this.#viewer.connect();
    });
  }

  #listen() {
    const on = this.listen.bind(this);
    on("phase", (phase) => (this.phase.value = phase));
    on("welcome", (welcome) => {
      this.welcome.value = welcome;
      this.loads.value = [];
      if (this.presets.value === null) void this.listPresets();
    });
    on("status", (status) => {
      this.#statusAt = performance.now();
      this.status.value = status;
    });
    on("scene", (scene) => (this.scene.value = scene));
    on("look", (look) => (this.looks.look.value = look));
    on("grip", (answer) => this.grip.heard(answer));
    on("metrics", (metrics) => (this.metrics.value = metrics));
    on("rung", (rung) => (this.rung.value = rung));
    on("transport", (transport) => (this.transport.value = transport));
    on("stale", (stale) => (this.stale.value = stale));
    on("gesture", (needed) => (this.gesture.value = needed));
    on("load", (load) => {
      const others = this.loads.value.filter((one) => one.load !== load.load);
      this.loads.value = load.stage === "done" ? others : [...others, load];
    });
    on("notice", ({ level, text }) => this.say(level, capital(text)));
    on("refusal", ({ message, hint }) => this.say("bad", capital(message), hint));
  }

  /** @param {import("./messages.js").ClientMessage} message */
  send(message) {
    if (!this.#viewer.send(message) && !UNSAID.includes(message.type)) {
      this.say("warn", "Not connected: nothing was changed.");
    }
  }

  /** A key goes to the program that steps the room, where there is one; what the page does with it is another matter.
   * @param {string} code */
  press(code) {
    if (this.simulation.value?.program && /^[A-Za-z0-9]{1,32}$/.test(code)) this.#viewer.send({ type: "key_press", code });
  }

  /** Send without a word where there is no connection.
   * @param {import("./messages.js").ClientMessage} message
   * @returns {boolean} whether it was sent
   */
  tell(message) {
    return this.#viewer.send(message);
  }

  /** Hear an event of `RemoteViewer`.
   * @param {string} name
   * @param {(detail: any) => void} fn
   */
  listen(name, fn) {
    this.#viewer.addEventListener(name, (event) => fn(/** @type {CustomEvent} */ (event).detail));
  }

  /** JSON of the server's REST interface; throws SceneRefused.
   * @param {string} path  relative to where the server is
   * @param {RequestInit} [options]
   * @returns {Promise<any>}
   */
  ask(path, options) {
    return this.#library.ask(path, options);
  }

  selectParent() {
    const selection = this.selection.value;
    if (selection) this.send({ type: "select", body: selection.parent });
  }

  /** Show or hide the panels of one side.
   * @param {"left" | "right"} side
   */
  toggleSide(side) {
    if (this.layout.value === "phone") return;
    if (this.layout.value === "medium") {
      const name = side === "left" ? this.#lastPanel() : "inspector";
      this.slideOver.value = this.slideOver.value === name ? "" : name;
    } else if (side === "right") {
      this.inspector.value = !this.inspector.value;
    } else {
      this.rail.value = this.rail.value ? "" : this.#lastPanel();
    }
  }

  #lastPanel() {
    return this.rail.value || "scenes";
  }

  /** Scenes over REST. */
  get library() {
    return this.#library;
  }

  /** Width and height of the picture, px. */
  get pictureSize() {
    return this.#viewer.pictureSize;
  }

  play() {
    this.#viewer.play();
  }

  retryNow() {
    this.#viewer.retryNow();
  }

  /** Send the video through a TURN server or not; the address remembers it.
   * @param {boolean} relay
   */
  forceRelay(relay) {
    this.relay.value = relay;
    const url = new URL(location.href);
    if (relay) url.searchParams.set("relay", "1");
    else url.searchParams.delete("relay");
    history.replaceState(history.state, "", url);
    this.#viewer.setRelay(relay);
  }

  /** @param {string} token */
  useToken(token) {
    this.#token = token || null;
    keepToken(this.#token);
    this.#viewer.setToken(this.#token);
    this.#viewer.connect();
  }

  async listPresets() {
    this.presetsError.value = "";
    try {
      this.presets.value = await this.#library.presets();
    } catch (error) {
      this.presetsError.value = error instanceof Error ? error.message : String(error);
    }
  }

  /** Names of the scene's actuators, for lists; empty where they cannot be had. */
  async actuatorNames() {
    const { actuators = [] } = await this.ask("api/scene/details").catch(() => ({}));
    return actuators.map((/** @type {{name?: string | null}} */ { name }, /** @type {number} */ index) => name || `#${index}`);
  }

  /** @param {string} path */
  thumbnail(path) {
    return this.#library.picture(path);
  }

  /** A REST answer as a file. Throws SceneRefused with the server's words.
   * @param {string} path
   */
  file(path) {
    return this.#library.file(path);
  }

  /** @param {import("./scenes.js").Wanted} scene
   * @param {string} title  for the toast
   */
  async loadScene(scene, title) {
    if (this.loading.value !== null) return;
    this.loading.value = "preset" in scene ? scene.preset : "upload" in scene ? scene.upload : "xml";
    try {
      await this.#library.load(scene);
      this.say("info", `${title} is loaded for everybody.`);
      if (!("xml" in scene)) this.remember({ title, ...scene });
    } catch (error) {
      const { hint = "", line = null } = error instanceof SceneRefused ? error : {};
      const message = error instanceof Error ? error.message : String(error);
      if ("xml" in scene && line !== null) this.edit(scene.xml, `${title} was not loaded. ${withHint(message, hint)}`);
      else this.say("bad", capital(message), hint);
    } finally {
      this.loading.value = null;
    }
  }

  /** @param {Recent} scene */
  remember(scene) {
    const others = this.recent.value.filter(
      (one) => one.preset !== scene.preset || one.upload !== scene.upload || one.root !== scene.root,
    );
    this.recent.value = [scene, ...others].slice(0, MOST_RECENT);
  }

  /** Bring a text into the editor, where its mistakes are shown.
   * @param {string} text
   * @param {string} [problem]
   */
  edit(text, problem = "") {
    this.toEdit.value = { text, problem };
    this.showPanel("editor");
  }

  /** A scene from a sentence, for everybody. Throws SceneRefused.
   * @param {string} prompt
   */
  async createScene(prompt) {
    if (this.loading.value !== null) throw new SceneRefused("Another scene is being loaded.", { hint: "Wait a second." });
    this.loading.value = "words";
    try {
      return await this.#library.create(prompt);
    } finally {
      this.loading.value = null;
    }
  }

  async copyState() {
    try {
      const { xml } = await this.ask("api/simulation/keyframe");
      if (await copyText(xml)) this.say("info", "The state is copied, as a <key> of MJCF.");
      else this.say("warn", "The browser refused the clipboard.", "Take it from /api/simulation/keyframe.");
    } catch (error) {
      this.say("bad", error instanceof Error ? error.message : String(error));
    }
  }

  toggleFullscreen() {
    if (document.fullscreenElement) void document.exitFullscreen();
    else
      document
        .querySelector(".page")
        ?.requestFullscreen()
        .catch(() => this.say("warn", "The browser refused full screen."));
  }

  /** Bring a panel of the rail into view, whatever the layout.
   * @param {string} name
   */
  showPanel(name) {
    if (this.layout.value === "phone") this.tab.value = name;
    else if (this.layout.value === "medium") this.slideOver.value = name;
    else this.rail.value = name;
  }

  /**
   * @param {Toast["level"]} level
   * @param {string} text
   */
  say(level, text, hint = "") {
    const id = (this.#toastId += 1);
    const others = this.toasts.value.filter((toast) => toast.text !== text);
    this.toasts.value = [...others, { id, level, text, hint }].slice(-MOST_TOASTS);
    setTimeout(() => this.dismiss(id), TOAST_MS + text.length * 30);
  }

  /** @param {number} id */
  dismiss(id) {
    this.toasts.value = this.toasts.value.filter((toast) => toast.id !== id);
  }
}
