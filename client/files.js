/** Scenes that are dropped or pasted anywhere on the page. */

import { MAX_XML_BYTES } from "./messages.js";

/**
 * @typedef {object} Takers
 * @property {(xml: string, name: string) => void} file  a whole .xml file
 * @property {(xml: string) => void} text  MJCF from the clipboard
 * @property {(over: boolean) => void} over  a file hangs over the page
 * @property {(why: string) => void} refuse
 */

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
      void take([...(event.dataTransfer?.files ?? [])], takers);
    },
    { signal },
  );
  document.addEventListener(
    "paste",
    (event) => {
      if (isTextField(event.target)) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (files.length > 0) void take(files, takers);
      else if (/<mujoco[\s>]/.test(text)) takers.text(text);
      else return;
      event.preventDefault();
    },
    { signal },
  );
  return () => listeners.abort();
}

/**
 * @param {File[]} files
 * @param {Takers} takers
 */
export async function take(files, takers) {
  const file = files.find(({ name }) => name.toLowerCase().endsWith(".xml"));
  if (!file) {
    takers.refuse(`Only an .xml file (MJCF) can be loaded${files[0] ? `, not ${files[0].name.slice(0, 60)}` : ""}.`);
  } else if (file.size > MAX_XML_BYTES) {
    takers.refuse(
      `${file.name.slice(0, 60)} has ${(file.size / 1e6).toFixed(1)} MB; at most ${MAX_XML_BYTES / 1e6} MB are taken.`,
    );
  } else {
    takers.file(await file.text(), file.name);
  }
}

/** @param {EventTarget | null} target */
function isTextField(target) {
  if (target instanceof HTMLElement && target.shadowRoot) return true; // the editor
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
