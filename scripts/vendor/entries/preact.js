// One bundle, so that htm, signals and the page share one copy of Preact.
import { h, render, Fragment } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { batch, computed, effect, signal, untracked } from "@preact/signals";
import htm from "htm";

export const html = htm.bind(h);
export { render, Fragment, useEffect, useLayoutEffect, useRef, useState, batch, computed, effect, signal, untracked };
