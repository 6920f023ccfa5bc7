/** A text editor for code: CodeMirror, in the page's colours, for MJCF and for Python.
 *
 * It lives in a shadow root: there CodeMirror puts its styles into `adoptedStyleSheets`, so that the page's content
 * security policy needs no exception for inline styles. The element can be taken out of the page and put in again; text,
 * undo history and cursor stay.
 */

import * as cm from "../vendor/codemirror.js";
import { codeTheme } from "./code-theme.js";

/** @typedef {object} Mark  something to underline, from a check; lines and columns count from 1
 * @property {number | null} line
 * @property {number} column
 * @property {number} end_column
 * @property {"error" | "warning"} severity
 * @property {string} message
 * @property {string} [hint]
 */

/** @typedef {object} Assist  what an editor knows about its language beyond its grammar
 * @property {(text: string, at: number, asked: boolean) => Promise<import("../mjcf/assist.js").Completions | null>} complete
 * @property {(text: string, at: number) => Promise<{from: number, to: number, title: string, lines: string[]} | null>} explain
 */

/** @typedef {object} Options
 * @property {"mjcf" | "python"} language
 * @property {string} label  what a screen reader calls it
 * @property {string} [text]
 * @property {string} [placeholder]
 * @property {(text: () => string) => void} [onChange]
 * @property {Record<string, () => void>} [keys]  for example {"Mod-Enter": apply}
 * @property {Assist} [assist]
 */

const TYPES = { element: "type", attribute: "property", keyword: "enum", name: "variable" };

export class CodeEditor {
  #view;
  #diff = new cm.Compartment();

  /** @param {Options} options */
  constructor(options) {
    /** Put it where the editor shall be; it fills that. */
    this.element = document.createElement("div");
    this.element.className = "code-editor";
    const root = this.element.attachShadow({ mode: "open" });
    const keys = Object.entries(options.keys ?? {}).map(([key, run]) => ({ key, run: () => (run(), true), preventDefault: true }));
    this.#view = new cm.EditorView({
      root,
      parent: root,
      state: cm.EditorState.create({
        doc: options.text ?? "",
        extensions: [
          cm.keymap.of(keys),
          ...BASICS,
          language(options.language, options.assist),
          options.assist ? cm.hoverTooltip((view, at) => hover(options.assist, view, at), { hoverTime: 350 }) : [],
          options.placeholder ? cm.placeholder(options.placeholder) : [],
          this.#diff.of([]),
          cm.EditorView.contentAttributes.of({
            "aria-label": options.label,
            autocapitalize: "off",
            autocorrect: "off",
            tabindex: "0", // it is reached without it; checkers want to see it
          }),
          cm.EditorView.domEventHandlers({ drop: (event) => event.dataTransfer?.types.includes("Files") ?? false }),
          cm.EditorView.updateListener.of((update) => {
            if (update.docChanged) options.onChange?.(() => this.text);
          }),
        ],
      }),
    });
  }

  get text() {
    return this.#view.state.doc.toString();
  }

  /** Put another text in; Undo brings back the one before. What both have in common keeps cursor and folds.
   * @param {string} text
   */
  replace(text) {
    const old = this.text;
    if (old === text) return;
    const most = Math.min(old.length, text.length);
    let same = 0;
    while (same < most && old[same] === text[same]) same += 1;
    let tail = 0;
    while (tail < most - same && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail += 1;
    const changes = { from: same, to: old.length - tail, insert: text.slice(same, text.length - tail) };
    this.#view.dispatch({ changes, annotations: cm.Transaction.userEvent.of("replace"), scrollIntoView: false });
  }

  /** Underline these, and only these.
   * @param {Mark[]} marks
   */
  mark(marks) {
    const { doc } = this.#view.state;
    const diagnostics = marks.map((mark) => {
      const { from, to } = spanOf(doc, mark);
      const message = mark.hint ? `${mark.message}\n${mark.hint}` : mark.message;
      return { from, to, severity: mark.severity, message };
    });
    this.#view.dispatch(cm.setDiagnostics(this.#view.state, diagnostics.sort((a, b) => a.from - b.from)));
  }

  /** Put the cursor at a mark and show it.
   * @param {Mark} mark
   */
  goTo(mark) {
    const { from } = spanOf(this.#view.state.doc, mark);
    this.#view.dispatch({ selection: { anchor: from }, effects: cm.EditorView.scrollIntoView(from, { y: "center" }) });
    this.#view.focus();
  }

  /** Show what differs from `original`, in the text itself; null: stop.
   * @param {string | null} original
   */
  compare(original) {
    const shown =
      original === null ? [] : cm.unifiedMergeView({ original, mergeControls: false, gutter: true, highlightChanges: true, collapseUnchanged: { margin: 3, minSize: 6 } });
    this.#view.dispatch({ effects: this.#diff.reconfigure(shown) });
  }

  search() {
    cm.openSearchPanel(this.#view);
  }

  undo() {
    cm.undo(this.#view);
  }

  redo() {
    cm.redo(this.#view);
  }

  focus() {
    this.#view.focus();
  }

  destroy() {
    this.#view.destroy();
    this.element.remove();
  }
}

const BASICS = [
  cm.lineNumbers(),
  cm.highlightActiveLineGutter(),
  cm.highlightSpecialChars(),
  cm.history({ minDepth: 500 }),
  cm.foldGutter(),
  cm.drawSelection(),
  cm.EditorState.allowMultipleSelections.of(true),
  cm.indentOnInput(),
  cm.bracketMatching(),
  cm.closeBrackets(),
  cm.rectangularSelection(),
  cm.highlightActiveLine(),
  cm.highlightSelectionMatches(),
  cm.search({ top: true }),
  cm.lintGutter(),
  cm.EditorState.tabSize.of(2),
  codeTheme,
  cm.keymap.of([
    ...cm.closeBracketsKeymap,
    ...cm.completionKeymap,
    { key: "Tab", run: cm.acceptCompletion },
    ...cm.defaultKeymap.filter(({ key }) => key !== "Mod-Enter"),
    ...cm.searchKeymap,
    ...cm.historyKeymap,
    ...cm.foldKeymap,
    ...cm.lintKeymap,
    cm.indentWithTab,
  ]),
];

/** @param {Options["language"]} name @param {Assist | undefined} assist */
function language(name, assist) {
  const override = assist ? [(/** @type {any} */ context) => completions(assist, context)] : undefined;
  const complete = cm.autocompletion({ override, icons: false, maxRenderedOptions: 200 });
  if (name === "python") return [cm.python(), cm.indentUnit.of("    "), complete];
  return [cm.xml({ autoCloseTags: true }), cm.indentUnit.of("  "), complete];
}

/** @param {Assist} assist @param {any} context  a CompletionContext */
async function completions(assist, context) {
  const found = await assist.complete(context.state.doc.toString(), context.pos, context.explicit);
  if (!found || found.options.length === 0 || context.aborted) return null;
  const options = found.options.map((option) => ({
    label: option.label,
    type: TYPES[option.type],
    detail: option.detail,
    info: option.info || undefined,
    boost: option.boost,
    apply: (/** @type {any} */ view, /** @type {any} */ _done, /** @type {number} */ from, /** @type {number} */ to) => {
      const end = from + option.insert.length - option.back;
      view.dispatch({
        changes: { from, to, insert: option.insert },
        selection: { anchor: end },
        annotations: cm.Transaction.userEvent.of("input.complete"),
      });
      if (option.back > 0) cm.startCompletion(view); // between the quotes of a new attribute
    },
  }));
  return { from: found.from, to: Math.max(found.to, context.pos), options, validFor: /^[\w:./-]*$/ };
}

/** @param {Assist | undefined} assist @param {any} view @param {number} at */
async function hover(assist, view, at) {
  const said = await assist?.explain(view.state.doc.toString(), at);
  if (!said) return null;
  return {
    pos: said.from,
    end: said.to,
    above: true,
    create: () => {
      const dom = document.createElement("div");
      dom.className = "cm-explained";
      const title = document.createElement("b");
      title.textContent = said.title;
      dom.append(title, ...said.lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
      return { dom };
    },
  };
}

/** From and to of a mark in the text as it is now; at least one character where there is one.
 * @param {any} doc  a Text
 * @param {Mark} mark
 */
function spanOf(doc, mark) {
  const line = doc.line(Math.min(Math.max(mark.line ?? 1, 1), doc.lines));
  const from = Math.min(line.from + mark.column - 1, line.to);
  const to = Math.min(Math.max(line.from + mark.end_column - 1, from), line.to);
  return from < to ? { from, to } : { from: Math.max(line.from, from - 1), to: from };
}
