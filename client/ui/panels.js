/** Every panel of the page: those that the rail opens at the left, and the tabs of the inspector at the right.
 *
 * On a phone they are all tabs of one sheet. A panel that is not needed at once is `lazy`.
 */

import { lazy } from "./lazy.js";
import { SimTab } from "./sim-tab.js";

/** @typedef {import("./lazy.js").Panel} Panel */

/** At the left, in the order of the rail. `wide` ones get more room.
 * @type {Record<string, {label: string, icon: string, panel: Panel, wide?: boolean}>}
 */
export const DRAWERS = {
  scenes: {
    label: "Scenes",
    icon: "layout-grid",
    panel: lazy(() => import("./scenes-panel.js").then((module) => module.ScenesPanel)),
  },
  editor: {
    label: "Editor",
    icon: "file-code",
    panel: lazy(() => import("./editor-panel.js").then((module) => module.EditorPanel)),
    wide: true,
  },
  record: {
    label: "Record",
    icon: "clapperboard",
    panel: lazy(() => import("./record-panel.js").then((module) => module.RecordPanel)),
  },
};

/** At the right, in the order of the tabs.
 * @type {Record<string, {label: string, panel: Panel}>}
 */
export const TABS = {
  sim: { label: "Sim", panel: SimTab },
  camera: { label: "Camera", panel: lazy(() => import("./camera-tab.js").then((module) => module.CameraTab)) },
  look: { label: "Look", panel: lazy(() => import("./look-tab.js").then((module) => module.LookTab)) },
  joints: { label: "Joints", panel: lazy(() => import("./joints-tab.js").then((module) => module.JointsTab)) },
  actuators: { label: "Actuators", panel: lazy(() => import("./actuators-tab.js").then((module) => module.ActuatorsTab)) },
  sensors: { label: "Sensors", panel: lazy(() => import("./sensors-tab.js").then((module) => module.SensorsTab)) },
  tree: { label: "Tree", panel: lazy(() => import("./tree-tab.js").then((module) => module.TreeTab)) },
};
