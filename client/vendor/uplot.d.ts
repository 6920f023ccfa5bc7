// The part of uPlot that the page uses, for `tsc`; written by hand, not generated.
export type Column = (number | null)[];
export interface Scale { min: number; max: number }
export interface Axis {
  show?: boolean; scale?: string; side?: number; size?: number; gap?: number; font?: string; space?: number;
  stroke?: () => string; grid?: { show?: boolean; stroke?: () => string; width?: number }; ticks?: { show: boolean };
  values?: (plot: UPlot, splits: number[]) => string[];
}
export interface Series {
  label?: string; scale?: string; stroke?: () => string; width?: number; spanGaps?: boolean; points?: { show: boolean };
  fill?: () => string; paths?: unknown;
}
export interface Options {
  width: number; height: number; series: Series[]; axes?: Axis[]; legend?: { show: boolean }; padding?: (number | null)[];
  cursor?: { show?: boolean; x?: boolean; y?: boolean; points?: { show: boolean }; drag?: { x: boolean; y: boolean } };
  scales?: Record<string, { time?: boolean; auto?: boolean; range?: (plot: UPlot, min: number | null, max: number | null) => [number, number] }>;
  hooks?: { setCursor?: ((plot: UPlot) => void)[] };
}
export default class UPlot {
  constructor(options: Options, data: Column[], target: HTMLElement);
  root: HTMLElement;
  cursor: { idx: number | null };
  setData(data: Column[], resetScales?: boolean): void;
  setScale(key: string, range: Scale): void;
  setSize(size: { width: number; height: number }): void;
  redraw(rebuildPaths?: boolean, recalcAxes?: boolean): void;
  destroy(): void;
}
type UPlot_ = UPlot;
declare global { type UPlot = UPlot_ }
