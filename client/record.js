/** Recordings and pictures: what the buttons and keys do. The list of recordings is `ui/record-panel.js`, which comes later. */

import { save } from "./save.js";
import { stored } from "./prefs.js";
import { signal } from "./vendor/preact.js";

/** @typedef {import("./state.js").PageState} PageState */

export const SIZES = /** @type {const} */ ({
  view: ["As shown", ""],
  hd: ["1920 × 1080", "width=1920&height=1080"],
  uhd: ["3840 × 2160", "width=3840&height=2160"],
  uhd2: ["7680 × 4320", "width=7680&height=4320"],
});
/** @typedef {keyof typeof SIZES} Size */

export const what = stored("recordWhat", /** @type {"video" | "trajectory" | "both"} */ ("video"));
export const pictureKind = stored("pictureKind", /** @type {"color" | "depth" | "segmentation"} */ ("color"));
export const pictureSize = stored("pictureSize", /** @type {Size} */ ("view"));
export const pictureOverlays = stored("pictureOverlays", true);
export const takingPicture = signal(false);
export const changingRecording = signal(false);

export const JSON_BODY = { "Content-Type": "application/json" };

/** Record, or stop what is being recorded, for everybody.
 * @param {PageState} page
 */
export async function toggleRecording(page) {
  if (changingRecording.value) return;
  changingRecording.value = true;
  try {
    const running = page.status.value?.recording;
    if (running) {
      await page.ask(`api/recordings/${running.id}/stop`, { method: "POST" });
      page.say("info", "The recording is saved.", "The Record panel has it.");
    } else {
      const body = {
        video: what.value !== "trajectory",
        trajectory: what.value !== "video",
        by: page.welcome.value?.peer_id ?? null,
      };
      await page.ask("api/recordings", { method: "POST", headers: JSON_BODY, body: JSON.stringify(body) });
    }
  } catch (error) {
    complain(page, error);
  } finally {
    changingRecording.value = false;
  }
}

/** Save the view as a picture file, drawn again as the Record panel says.
 * @param {PageState} page
 */
export async function takePicture(page) {
  if (takingPicture.value) return;
  takingPicture.value = true;
  page.say("info", "The picture is being drawn…");
  try {
    const size = SIZES[pictureSize.value in SIZES ? pictureSize.value : "view"][1];
    const wish = new URLSearchParams(`kind=${pictureKind.value}&overlays=${pictureOverlays.value}&${size}`);
    await save(page, `api/screenshot?${wish}`);
  } catch (error) {
    complain(page, error);
  } finally {
    takingPicture.value = false;
  }
}

/**
 * @param {PageState} page
 * @param {unknown} error
 */
export function complain(page, error) {
  const { message, hint = "" } = /** @type {any} */ (error);
  page.say("bad", message ?? String(error), hint);
}
