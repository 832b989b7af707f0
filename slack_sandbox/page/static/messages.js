// A list of messages, updated in place: unchanged rows keep their focus, selection and scroll.

import { dayOf, posted } from "./dates.js";
import { el, refocus } from "./dom.js";
import { editing, row } from "./rows.js";
import { store } from "./store.js";

const GROUP_SECONDS = 300;

/** A channel's messages without replies, except those that were also sent to the channel. */
export function inChannel(all) {
  const roots = new Set(all.map((message) => message.ts));
  return all.filter((message) => !message.thread || message.subtype === "thread_broadcast" || !roots.has(message.thread));
}

/** A message and its replies. */
export const inThread = (all, ts) => all.filter((message) => message.ts === ts || message.thread === ts);

/** One scrolling list. */
export class MessageList {
  constructor(label) {
    this.node = el("div", { class: "list", role: "log", "aria-label": label, "aria-live": "off", tabindex: 0 });
    this.rows = new Map();
    this.place = "";
  }

  /** Show these messages. `place` identifies the list: a new one starts at its end. */
  show(messages, { place, channel, threaded, before = null, empty = null }) {
    const list = this.node, anew = place !== this.place;
    const left = list.scrollHeight - list.scrollTop - list.clientHeight;
    const newest = messages.at(-1), ours = newest?.user === store.screen.me;
    // a reader further up is not moved, except by what they write themselves
    const follows = anew || (newest?.ts !== this.newest && (ours || left < 60 || Math.abs(list.scrollTop - this.top) < 4));
    this.newest = newest?.ts;
    if (anew) this.rows.clear();
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const wanted = [before, ...this.wanted(messages, channel, threaded), messages.length ? null : empty].filter(Boolean);
    wanted.forEach((node, index) => {
      if (list.children[index] !== node) list.insertBefore(node, list.children[index] || null);
    });
    while (list.children.length > wanted.length) list.lastChild.remove();
    if (focused && !list.contains(document.activeElement)) refocus(list, focused);
    if (follows) this.follow();
    else if (left < 2 && messages.length) list.scrollTop = list.scrollHeight;
    this.place = place;
  }

  /** It leaves the page, and loses its scroll position: it starts at its end next time. */
  leave() {
    this.place = "";
  }

  /** Scroll to the end, but not past the start of the last message. */
  follow() {
    const list = this.node, last = [...list.querySelectorAll(".message")].at(-1);
    if (!last) return void (list.scrollTop = 0);
    list.scrollTop = list.scrollHeight;
    const hidden = list.getBoundingClientRect().top - last.getBoundingClientRect().top;
    if (hidden > 0) list.scrollTop -= hidden + 12;
    this.top = list.scrollTop;
  }

  wanted(messages, channel, threaded) {
    const all = store.screen.messages[channel] || [], kept = new Map(), made = [];
    let last = null;
    for (const message of messages) {
      const day = dayOf(posted(message.ts));
      if (!threaded && day !== (last && dayOf(posted(last.ts)))) made.push(this.keep(kept, `day/${day}`, day, () => heading(day)));
      const how = this.how(message, last, channel, threaded, all);
      const sign = JSON.stringify([message, how, editing.ts === message.ts, store.screen.users, store.screen.me]);
      made.push(this.keep(kept, message.ts, sign, () => row(message, how)));
      if (threaded && message.replies) made.push(this.keep(kept, "count", `${message.replies}`, () => counted(message.replies)));
      last = message;
    }
    this.rows = kept;
    return made;
  }

  how(message, last, channel, threaded, all) {
    const plain = (one) => !one.private && one.subtype !== "thread_broadcast" && one.subtype !== "tombstone";
    const near = last && last.user === message.user && message.ts - last.ts < GROUP_SECONDS && dayOf(posted(last.ts)) === dayOf(posted(message.ts));
    const first = threaded && last && !last.thread;
    const compact = Boolean(near && plain(last) && plain(message) && !first);
    const ephemerals = all.filter((one) => one.private && one.thread === message.ts).length;
    return { channel, compact, inThread: threaded, ephemerals, root: message.thread && !threaded ? all.find((one) => one.ts === message.thread) : null };
  }

  keep(kept, key, sign, make) {
    const old = this.rows.get(key);
    const now = old?.sign === sign ? old : { sign, node: make() };
    kept.set(key, now);
    return now.node;
  }

  /** Scroll to a message and highlight it for a moment. */
  point(ts) {
    const found = this.rows.get(ts)?.node;
    if (!found) return;
    found.scrollIntoView({ block: "center" });
    found.classList.add("pointed");
    found.focus({ preventScroll: true });
    setTimeout(() => found.classList.remove("pointed"), 2500);
  }
}

const heading = (day) => el("div", { class: "day", role: "separator", "aria-label": day }, el("span", {}, day));
const counted = (count) => el("div", { class: "count-line" }, `${count} ${count === 1 ? "reply" : "replies"}`);
