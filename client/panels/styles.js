/** Styles that come with the panels that need them, so that the first load stays small. */

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/** Load a style sheet of `client/` once; resolves when it applies, or has failed (then the panel is plain, and works).
 * @param {string} path
 * @returns {Promise<void>}
 */
export function loadStyles(path) {
  let loaded = loading.get(path);
  if (!loaded) {
    loaded = new Promise((resolve) => {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = new URL(`../${path}`, import.meta.url).href;
      link.onload = link.onerror = () => resolve();
      document.head.append(link);
    });
    loading.set(path, loaded);
  }
  return loaded;
}
