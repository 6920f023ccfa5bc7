/** Sending a model with its files, and what came of it. */

import { SceneRefused } from "./scenes.js";
import { signal } from "./vendor/preact.js";

/** @typedef {import("./files.js").Item} Item */
/** Why an upload was not shown; `upload` and `roots` where another of its models may be.
 * @typedef {{message: string, hint: string, missing: string[], roots: string[], upload: string}} Problem
 */

const UPLOAD_MS = 900_000;
export const problem = signal(/** @type {Problem | null} */ (null));

/** Show a model to everybody.
 * @param {import("./state.js").PageState} page
 * @param {Item[]} items
 */
export async function upload(page, items) {
  if (page.loading.value !== null) {
    page.say("warn", "Another scene is being loaded.", "Wait a second.");
    return;
  }
  const title = titleOf(items);
  const form = new FormData();
  for (const { path, file } of items) form.append("file", file, path);
  page.loading.value = "upload";
  problem.value = null;
  try {
    const path = `api/scene/upload?name=${encodeURIComponent(title)}`;
    const shown = await page.library.ask(path, { method: "POST", body: form }, UPLOAD_MS);
    page.say("info", `${shown.name} is loaded for everybody.`, leftOut(shown));
    page.remember({ title: shown.name, upload: shown.upload, root: shown.origin.root });
  } catch (error) {
    refused(page, error);
  } finally {
    page.loading.value = null;
  }
}

/** Another model of what was uploaded.
 * @param {import("./state.js").PageState} page
 * @param {string} kept  the upload
 * @param {string} root
 */
export async function showRoot(page, kept, root) {
  problem.value = null;
  page.loading.value = kept;
  try {
    const body = JSON.stringify({ upload: kept, root });
    const options = { method: "POST", headers: { "Content-Type": "application/json" }, body };
    const shown = await page.library.ask("api/scene/load", options);
    page.say("info", `${shown.name} is loaded for everybody.`);
    page.remember({ title: shown.name, upload: kept, root });
  } catch (error) {
    refused(page, error, kept);
  } finally {
    page.loading.value = null;
  }
}

/** What to call them: the folder, or the file.
 * @param {Item[]} items
 */
function titleOf(items) {
  const [first] = items;
  const top = first.path.split("/")[0];
  const together = items.every(({ path }) => path.startsWith(`${top}/`));
  return (together || items.length === 1 ? top : `${first.file.name} and ${items.length - 1} more`).slice(0, 200);
}

/** @param {{ignored: number, warnings: string[]}} shown */
function leftOut({ ignored, warnings }) {
  const archives = ignored > 0 ? `${ignored} files were left out: archives inside archives are not opened. ` : "";
  return archives + warnings.slice(0, 2).join(" ");
}

/**
 * @param {import("./state.js").PageState} page
 * @param {unknown} error
 * @param {string} [gone]  the upload that was asked for: one that the server no longer keeps is forgotten here too
 */
function refused(page, error, gone = "") {
  const message = error instanceof Error ? error.message : String(error);
  const { code = "", hint = "", details = {} } = error instanceof SceneRefused ? error : {};
  const { missing = [], roots = [], upload: kept = "" } = /** @type {Partial<Problem>} */ (details);
  if (gone && code === "not_found") page.recent.value = page.recent.value.filter((one) => one.upload !== gone);
  problem.value = { message, hint, missing, roots, upload: kept };
  page.showPanel("scenes");
}
