// The part of CodeMirror that the page uses, for `tsc`; written by hand, not generated.
export type Extension = { readonly extension: Extension } | readonly Extension[];
export interface Line { readonly from: number; readonly to: number; readonly number: number; readonly text: string }
export interface Text { readonly lines: number; readonly length: number; line(number: number): Line; toString(): string }
export interface ChangeSpec { from: number; to?: number; insert?: string }
export interface TransactionSpec {
  changes?: ChangeSpec | ChangeSpec[];
  selection?: { anchor: number; head?: number };
  effects?: StateEffect | StateEffect[];
  annotations?: unknown;
  scrollIntoView?: boolean;
}
export interface StateEffect { readonly value: unknown }
export class EditorState {
  readonly doc: Text;
  static create(config: { doc?: string; extensions?: Extension }): EditorState;
  static readonly allowMultipleSelections: { of(value: boolean): Extension };
  static readonly tabSize: { of(value: number): Extension };
}
export class Compartment { of(extension: Extension): Extension; reconfigure(extension: Extension): StateEffect }
export class Transaction { static readonly userEvent: { of(event: string): unknown } }
export interface ViewUpdate { readonly docChanged: boolean; readonly view: EditorView; readonly state: EditorState }
export class EditorView {
  constructor(config: { state: EditorState; parent?: Element | DocumentFragment; root?: Document | ShadowRoot });
  readonly state: EditorState;
  dispatch(spec: TransactionSpec): void;
  focus(): void;
  destroy(): void;
  static theme(spec: Record<string, Record<string, string>>): Extension;
  static scrollIntoView(at: number, options: { y: "center" | "nearest" }): StateEffect;
  static domEventHandlers(handlers: { [Name in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Name], view: EditorView) => boolean }): Extension;
  static readonly updateListener: { of(listen: (update: ViewUpdate) => void): Extension };
  static readonly contentAttributes: { of(attributes: Record<string, string>): Extension };
}
export type Command = (view: EditorView) => boolean;
export interface KeyBinding { key?: string; run?: Command; preventDefault?: boolean }
export interface Diagnostic { from: number; to: number; severity: "error" | "warning"; message: string }
export interface CompletionContext { readonly state: EditorState; readonly pos: number; readonly explicit: boolean; readonly aborted: boolean }
export interface Completion {
  label: string; type?: string; detail?: string; info?: string; boost?: number;
  apply?: (view: EditorView, completion: Completion, from: number, to: number) => void;
}
export interface CompletionResult { from: number; to?: number; options: Completion[]; validFor?: RegExp }
export interface Tooltip { pos: number; end?: number; above?: boolean; create(): { dom: HTMLElement } }
export interface Tag { readonly id: number }
type TagFunction = (tag: Tag) => Tag;
type Extender = () => Extension;

export const keymap: { of(bindings: readonly KeyBinding[]): Extension };
export const indentUnit: { of(unit: string): Extension };
export const lineNumbers: Extender;
export const highlightActiveLineGutter: Extender;
export const highlightSpecialChars: Extender;
export const foldGutter: Extender;
export const drawSelection: Extender;
export const indentOnInput: Extender;
export const bracketMatching: Extender;
export const closeBrackets: Extender;
export const rectangularSelection: Extender;
export const highlightActiveLine: Extender;
export const highlightSelectionMatches: Extender;
export const lintGutter: Extender;
export const python: Extender;
export function xml(config: { autoCloseTags: boolean }): Extension;
export function history(config: { minDepth: number }): Extension;
export function search(config: { top: boolean }): Extension;
export function placeholder(text: string): Extension;
export function autocompletion(config: {
  override?: ((context: CompletionContext) => Promise<CompletionResult | null>)[];
  icons?: boolean;
  maxRenderedOptions?: number;
}): Extension;
export function hoverTooltip(source: (view: EditorView, at: number) => Promise<Tooltip | null>, options: { hoverTime: number }): Extension;
export function unifiedMergeView(config: {
  original: string; mergeControls?: boolean; gutter?: boolean; highlightChanges?: boolean; collapseUnchanged?: { margin: number; minSize: number };
}): Extension;
export function setDiagnostics(state: EditorState, diagnostics: Diagnostic[]): TransactionSpec;
export function syntaxHighlighting(style: HighlightStyle): Extension;
export class HighlightStyle {
  static define(specs: { tag: Tag | Tag[]; color?: string; fontStyle?: string }[]): HighlightStyle;
}
export const tags: Record<
  | "tagName" | "variableName" | "className" | "attributeName" | "propertyName" | "self" | "attributeValue" | "string" | "number"
  | "bool" | "null" | "keyword" | "operatorKeyword" | "modifier" | "meta" | "processingInstruction" | "comment"
  | "angleBracket" | "punctuation" | "invalid",
  Tag
> & { definition: TagFunction; function: TagFunction; special: TagFunction };
export const undo: Command;
export const redo: Command;
export const indentWithTab: KeyBinding;
export const openSearchPanel: Command;
export const acceptCompletion: Command;
export const startCompletion: Command;
export const defaultKeymap: readonly KeyBinding[];
export const historyKeymap: readonly KeyBinding[];
export const searchKeymap: readonly KeyBinding[];
export const completionKeymap: readonly KeyBinding[];
export const closeBracketsKeymap: readonly KeyBinding[];
export const foldKeymap: readonly KeyBinding[];
export const lintKeymap: readonly KeyBinding[];
