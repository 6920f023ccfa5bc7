/** Saving what the server answers as a file. */

/** Ask for `path` and let the browser save the answer under the name that the server gives it. Throws SceneRefused.
 * @param {import("./state.js").PageState} page
 * @param {string} path
 */
export async function save(page, path) {
  const { blob, name } = await page.file(path);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The same, and what went wrong as a toast.
 * @param {import("./state.js").PageState} page
 * @param {string} path
 */
export async function saveOrSay(page, path) {
  try {
    await save(page, path);
  } catch (error) {
    const { message, hint = "" } = /** @type {any} */ (error);
    page.say("bad", message ?? String(error), hint);
  }
}
