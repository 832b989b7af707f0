// What is read out to people who do not see the page: new messages, and changes in those on the screen.

import { el } from "./dom.js";
import { plain } from "./mrkdwn.js";
import { here, nameOf, store } from "./store.js";

const LONGEST = 400; // characters of one message
const LINES = ".body :is(h2, h3, .para, li, blockquote, pre), .body .text:not(.rich)";
const live = document.getElementById("live");
const waiting = new Set();
let newest = null; // ts of the newest message that was read out; null before the first screen

/** Read this out after what is being read. */
export function say(words) {
  if (!waiting.size) setTimeout(readOut);
  waiting.add(words.slice(0, LONGEST));
}

function readOut() {
  live.replaceChildren(...[...waiting].map((words) => el("p", {}, words)));
  waiting.clear();
}

/** Somebody else's screen comes next: what is on it is not new. */
export function startOver() {
  newest = null;
}

/** Read out the messages that are new. */
export function announceNew() {
  const all = Object.entries(store.screen.messages).flatMap(([channel, found]) => found.map((message) => ({ channel, ...message })));
  all.sort((one, other) => (one.ts < other.ts ? -1 : 1));
  const fresh = newest === null ? [] : all.filter((message) => message.ts > newest && message.user !== store.screen.me);
  newest = all.at(-1)?.ts || newest || "0";
  for (const message of fresh.slice(-3)) say(`${nameOf(message.user)}${where(message)}: ${plain(message.text)}`);
}

function where({ channel, thread }) {
  if (channel !== here()?.id) return ` in ${store.screen.channels.find((one) => one.id === channel).name}`;
  return thread && thread !== store.place.thread ? " in a thread" : "";
}

/** Read out what a message says now and did not before; `old` and `now` are its rows. */
export function announceChange(user, old, now) {
  if (user === store.screen.me) return;
  const before = new Set(lines(old)), fresh = lines(now).filter((line) => !before.has(line));
  if (fresh.length) say(`${nameOf(user)} changed a message: ${fresh.join(" ")}`);
}

const lines = (row) => [...row.querySelectorAll(LINES)].map((part) => part.textContent.trim()).filter(Boolean);
