// A phone's screens: the channels, a conversation, a thread or the traffic, one at a time.

import { go, here, PHONE, store } from "./store.js";

const HEADS = {
  channels: "#side [aria-current]",
  conversation: "#middle h1",
  thread: "#pane h2",
  traffic: "#pane h2",
};
let shown = "";

/** Name the screen for the styles; on a phone move the focus along, since what was pressed is out of sight. */
export function drawScreen() {
  const { panel, thread } = store.place, paned = !document.getElementById("pane").hidden;
  const screen = panel || (paned ? "thread" : "conversation");
  document.body.dataset.screen = screen;
  const now = [screen, here()?.id || store.place.at, paned ? thread : ""].join("/"), before = shown;
  shown = now;
  if (before && before !== now && PHONE.matches) document.querySelector(HEADS[screen])?.focus({ preventScroll: true });
}

/** Focus what the page is for: the conversation, or what covers it. */
export function skipToMain() {
  const main = ["middle", "pane"].map((id) => document.getElementById(id)).find((one) => getComputedStyle(one).visibility === "visible" && !one.hidden);
  main?.focus();
}

/** Close the thread, and focus the line that opened it, else the message box. */
export function closeThread() {
  const opener = `#middle [data-key="thread/${store.place.thread}"]`;
  go({ thread: "" });
  (document.querySelector(opener) || document.getElementById("composer"))?.focus({ preventScroll: true });
}
