/** Models that are dropped or pasted anywhere on the page. */

import { MAX_XML_BYTES } from "./messages.js";

/** A file under the path that it has in what was dropped: `bot/meshes/leg.stl`.
 * @typedef {{path: string, file: File}} Item
 */

/**
 * @typedef {object} Takers
 * @property {(xml: string, name: string) => void} file  a single .xml file
 * @property {(items: Item[]) => void} files  a model with its files, or an archive
 * @property {(xml: string) => void} text  MJCF from the clipboard
 * @property {(over: boolean) => void} over  a file hangs over the page
 * @property {(why: string) => void} refuse
 */

const MODELS = [".xml", ".mjcf", ".urdf", ".mjb", ".mjz", ".zip"];
const MOST_FILES = 4000;

/**
 * @param {Takers} takers
 * @returns {() => void} detaches
 */
export function attachFiles(takers) {
  const listeners = new AbortController();
  const { signal } = listeners;
  let depth = 0;
  const leave = () => {
    depth = 0;
    takers.over(false);
  };
  const carriesFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;

  document.addEventListener(
    "dragenter",
    (event) => {
      if (!carriesFiles(event)) return;
      depth += 1;
      takers.over(true);
    },
    { signal },
  );
  document.addEventListener("dragleave", (event) => carriesFiles(event) && (depth -= 1) <= 0 && leave(), { signal });
  document.addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault(), { signal });
  document.addEventListener(
    "drop",
    (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      leave();
      // both are empty once this handler has returned
      const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry?.() ?? null);
      const files = [...(event.dataTransfer?.files ?? [])];
      void (async () => take(await unfolded(entries, files), takers))();
    },
    { signal },
  );
  document.addEventListener(
    "paste",
    (event) => {
      if (isTextField(event.target)) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (files.length > 0) void take(named(files), takers);
      else if (/<mujoco[\s>]/.test(text)) takers.text(text);
      else return;
      event.preventDefault();
    },
    { signal },
  );
  return () => listeners.abort();
}

/** Files that were chosen, under their paths.
 * @param {File[]} files
 * @returns {Item[]}
 */
export function named(files) {
  return files.map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** Files that were dropped, with those in dropped folders.
 * @param {(FileSystemEntry | null)[]} entries
 * @param {File[]} files  for browsers, and for scripts, that give no entries
 * @returns {Promise<Item[]>}
 */
async function unfolded(entries, files) {
  const folders = entries.filter((entry) => entry?.isDirectory);
  if (folders.length === 0) return named(files);
  /** @type {Item[]} */
  const found = [];
  const waiting = entries.filter((entry) => entry !== null);
  for (let entry = waiting.pop(); entry && found.length <= MOST_FILES; entry = waiting.pop()) {
    const path = entry.fullPath.replace(/^\//, "");
    if (entry.isFile) {
      const file = await new Promise((done) => /** @type {FileSystemFileEntry} */ (entry).file(done, () => done(null)));
      if (file) found.push({ path, file });
    } else {
      waiting.push(...(await children(/** @type {FileSystemDirectoryEntry} */ (entry))));
    }
  }
  return found;
}

/** @param {FileSystemDirectoryEntry} folder */
async function children(folder) {
  const reader = folder.createReader();
  /** @type {FileSystemEntry[]} */
  const found = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((done) => reader.readEntries(done, () => done([]))); // a hundred at a time
    if (some.length === 0) return found;
    found.push(...some);
  }
}

/** Hand what was dropped or chosen to who takes it.
 * @param {Item[]} items
 * @param {Takers} takers
 */
export async function take(items, takers) {
  const [first] = items;
  if (!first) return;
  if (items.length > MOST_FILES) {
    takers.refuse(`More than ${MOST_FILES} files; leave out what the model does not need.`);
  } else if (!items.some(({ path }) => MODELS.some((ending) => path.toLowerCase().endsWith(ending)))) {
    takers.refuse(`There is no model in it: ${MODELS.join(", ")} are taken${items.length === 1 ? `, not ${first.path.slice(0, 60)}` : ""}.`);
  } else if (items.length === 1 && /\.(xml|mjcf)$/i.test(first.path) && first.file.size <= MAX_XML_BYTES) {
    takers.file(await first.file.text(), first.file.name);
  } else {
    takers.files(items);
  }
}

/** @param {EventTarget | null} target */
function isTextField(target) {
  if (target instanceof HTMLElement && target.shadowRoot) return true; // the editor
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
