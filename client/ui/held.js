/** A value under somebody's hand: what the server says of it comes later, and must not pull it away. */

import { useEffect, useState } from "../vendor/preact.js";

/**
 * @template T
 * @param {T} told  by the server
 * @param {number} hold_ms  after the hand has let go: until the server's own word has come
 * @param {boolean} settles  the server's next word, whatever it is, counts at once; for what is set with one click
 * @returns {{value: T, set: (value: T) => void, on: Record<string, () => void>}} what to show; `on` belongs on the element
 */
export function useHeld(told, hold_ms = 2500, settles = false) {
  const [mine, setMine] = useState(/** @type {{value: T} | null} */ (null));
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (mine === null || held) return undefined;
    const timer = setTimeout(() => setMine(null), hold_ms);
    return () => clearTimeout(timer);
  }, [mine, held]);
  const word = settles ? JSON.stringify(told) : "";
  useEffect(() => setMine(null), [word]);
  const letGo = () => setHeld(false);
  return {
    value: mine ? mine.value : told,
    set: (value) => setMine({ value }),
    on: {
      onPointerDown: () => setHeld(true),
      onPointerUp: letGo,
      onPointerCancel: letGo,
      onLostPointerCapture: letGo,
      onChange: letGo,
    },
  };
}
