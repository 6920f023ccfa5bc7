/** What physics runs by, as the server tells it: options, noise and keyframes. Asked for while a panel shows it. */

import { effect, signal } from "./vendor/preact.js";

/** @typedef {number | boolean | string | number[]} Value */
/**
 * @typedef {object} Option
 * @property {string} name
 * @property {string} label
 * @property {string} about
 * @property {"float" | "int" | "vector" | "choice" | "flag"} kind
 * @property {string} group  `option`, `disable`, `enable`, `actuator`, or `visual` and a part of mjVisual
 * @property {Value} value
 * @property {Value} initial
 * @property {number | null} low
 * @property {number | null} high
 * @property {string[]} choices
 */
/** @typedef {{name: string, time_s: number, saved: boolean}} Keyframe */
/** @typedef {{revision: number, options: Option[], noise: {scale: number, rate: number}, keyframes: Keyframe[]}} Physics */

export const physics = signal(/** @type {Physics | null} */ (null));
export const physicsProblem = signal("");

/** Keep `physics` true until the returned function is called.
 * @param {import("./state.js").PageState} page
 */
export function followPhysics(page) {
  let asked = 0;
  let asking = "";
  return effect(() => {
    const { state, settings } = page.simulation.value ?? {};
    const scene = page.scene.value?.scene_id;
    if (scene === undefined || settings === undefined || state === "restarting") return;
    const key = `${scene} ${settings} ${state === "starting"}`;
    if (key === shown || key === asking) return;
    asking = key;
    const mine = (asked += 1);
    void page.ask("api/simulation/options").then(
      (/** @type {Physics} */ told) => {
        if (mine !== asked) return;
        asking = "";
        shown = key;
        physics.value = told;
        physicsProblem.value = "";
      },
      (/** @type {Error} */ problem) => {
        if (mine !== asked) return;
        asking = ""; // the next status asks again
        physicsProblem.value = problem.message;
      },
    );
  });
}

let shown = "";

/** The option of that name.
 * @param {string} name
 */
export function optionOf(name) {
  return physics.value?.options.find((option) => option.name === name);
}

/** @param {Option} option */
export function isChanged(option) {
  return JSON.stringify(option.value) !== JSON.stringify(option.initial);
}
