// The part of Preact, htm and signals that the page uses, for `tsc`; written by hand, not generated.
export interface VNode { type: unknown }
export type Child = VNode | string | number | boolean | null | undefined | Child[];
export interface ReadonlySignal<T> { readonly value: T; peek(): T; subscribe(fn: (value: T) => void): () => void }
export interface Signal<T> extends ReadonlySignal<T> { value: T }
export function html(strings: TemplateStringsArray, ...values: unknown[]): VNode;
export function render(child: Child, parent: Element): void;
export function Fragment(props: { children?: Child }): VNode;
export function signal<T>(value: T): Signal<T>;
export function computed<T>(fn: () => T): ReadonlySignal<T>;
export function effect(fn: () => void | (() => void)): () => void;
export function batch<T>(fn: () => T): T;
export function untracked<T>(fn: () => T): T;
export function useEffect(fn: () => void | (() => void), deps?: readonly unknown[]): void;
export function useLayoutEffect(fn: () => void | (() => void), deps?: readonly unknown[]): void;
export function useRef<T>(value: T): { current: T };
export function useState<T>(value: T | (() => T)): [T, (next: T | ((before: T) => T)) => void];
