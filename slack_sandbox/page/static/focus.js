// The focus, when what has it is drawn again or leaves the page.

/** What has the focus in `place`: its data-key, and the ts of its message; null if it is elsewhere. */
export function focusIn(place) {
  const now = document.activeElement;
  if (!place.contains(now) || now === place) return null;
  return { key: now.dataset.key, ts: now.closest("[data-ts]")?.dataset.ts };
}

/** Focus the same again; if it is gone, the message it was in. */
export function focusAgain(place, had) {
  if (!had || place.contains(document.activeElement)) return;
  // several messages may have a button of one key
  const row = had.ts ? place.querySelector(`[data-ts="${CSS.escape(had.ts)}"]`) : null;
  const found = had.key ? (row || place).querySelector(`[data-key="${CSS.escape(had.key)}"]`) : null;
  (found || row)?.focus({ preventScroll: true });
}
