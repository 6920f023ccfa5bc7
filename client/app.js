/** Starts the page: connects first, draws second, so that the first picture does not wait for the panels. */

import { attachFiles } from "./files.js";
import { attachKeys } from "./keys.js";
import { attachHands } from "./orbit.js";
import { PageState } from "./state.js";
import { Page } from "./ui/page.js";
import { effect, html, render, signal } from "./vendor/preact.js";

const video = document.createElement("video");
Object.assign(video, { muted: true, autoplay: true, playsInline: true, disablePictureInPicture: true });
video.setAttribute("aria-hidden", "true");
video.setAttribute("tabindex", "-1");

const root = /** @type {HTMLElement} */ (document.getElementById("app"));
const picture = document.createElement("div");
picture.className = "picture";
picture.append(video);

const page = new PageState(video);
page.start();

const dropping = signal(false);
followTheme();
followLayout();
render(html`<${Page} page=${page} picture=${picture} dropping=${dropping} />`, root);

attachHands(picture, {
  send: (message) => page.send(message),
  pictureSize: () => page.pictureSize,
  wheelReversed: () => page.wheelReversed.value,
  directDrag: () => page.directDrag.value,
  grip: page.grip,
});
attachKeys(picture, {
  press: (code) => page.press(code),
  togglePlay: () => page.driving.togglePlay(),
  step: () => page.send({ type: "step", count: 1 }),
  stepBack: () => page.send({ type: "step_back", count: 1 }),
  reset: () => page.send({ type: "reset" }),
  reload: () => page.send({ type: "reload_scene" }),
  copyState: () => void page.copyState(),
  changeSpeed: (direction) => page.driving.changeSpeed(direction),
  moveCamera: (message) => page.send(message),
  cycleCamera: (direction) => page.driving.cycleCamera(direction),
  escape: () => page.driving.escape(),
  align: () => page.send({ type: "frame_scene", view: "initial" }),
  selectParent: () => page.selectParent(),
  toggleFlag: (name) => page.looks.toggle(name),
  toggleGroup: (kind, index) => page.looks.toggleGroup(kind, index),
  cycleLook: (what) => page.looks.cycle(what),
  toggleSide: (side) => page.toggleSide(side),
  teleoperate: (event, down) => page.teleoperate?.(event, down) ?? false,
  toggleTeleop: () => (page.teleop.value = !page.teleop.value),
  toggleHud: () => (page.hud.value = !page.hud.value),
  toggleProfiler: () => (page.profiler.value = !page.profiler.value),
  toggleSensors: () => (page.sensorBars.value = !page.sensorBars.value),
  toggleFullscreen: () => page.toggleFullscreen(),
  showShortcuts: () => (page.shortcuts.value = true),
  takePicture: () => void import("./record.js").then((record) => record.takePicture(page)),
  toggleRecording: () => void import("./record.js").then((record) => record.toggleRecording(page)),
});
attachFiles({
  file: (xml, name) => void page.loadScene({ xml }, name),
  files: (items) => void import("./uploads.js").then(({ upload }) => upload(page, items)),
  text: (xml) => page.edit(xml),
  over: (over) => (dropping.value = over),
  refuse: (why) => page.say("warn", why),
});

function followTheme() {
  effect(() => {
    if (page.theme.value === "auto") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.dataset.theme = page.theme.value;
  });
  effect(() => {
    const title = page.scene.value?.title;
    document.title = title ? `${title} · Remote viewer` : "Remote viewer";
  });
}

function followLayout() {
  const phone = matchMedia("(max-width: 699.98px)");
  const wide = matchMedia("(min-width: 1100px)");
  const apply = () => (page.layout.value = phone.matches ? "phone" : wide.matches ? "wide" : "medium");
  phone.addEventListener("change", apply);
  wide.addEventListener("change", apply);
  apply();
}
