// Live plots; loaded only when a plot is shown.
export { default } from "uplot";
