// A list of messages, updated in place: unchanged rows keep their focus, selection and scroll.

import { announceChange } from "./announce.js";
import { dayOf, posted } from "./dates.js";
import { el } from "./dom.js";
import { focusAgain, focusIn } from "./focus.js";
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
    const had = focusIn(list), top = this.topmost();
    this.put([before, ...this.wanted(messages, channel, threaded), messages.length ? null : empty].filter(Boolean));
    focusAgain(list, had);
    if (follows) this.follow();
    else if (left < 2 && messages.length) list.scrollTop = list.scrollHeight;
    else this.hold(top);
    this.place = place;
  }

  /** Replace what differs; rows that stay are not moved, so that their focus and selection stay. */
  put(wanted) {
    const list = this.node, stay = new Set(wanted);
    for (const node of [...list.children]) if (!stay.has(node)) node.remove();
    wanted.forEach((node, index) => {
      if (list.children[index] !== node) list.insertBefore(node, list.children[index] || null);
    });
  }

  /** The first row that is seen, and how far it is below the list's top. */
  topmost() {
    const edge = this.node.getBoundingClientRect().top;
    for (const [key, { node }] of this.rows) {
      const box = node.getBoundingClientRect();
      if (box.bottom > edge) return { key, below: box.top - edge };
    }
    return null;
  }

  /** Scroll so that this row is where it was, whatever changed above it. */
  hold(row) {
    const node = this.rows.get(row?.key)?.node, list = this.node;
    if (node) list.scrollTop += node.getBoundingClientRect().top - list.getBoundingClientRect().top - row.below;
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
      const old = this.rows.get(message.ts)?.node, node = this.keep(kept, message.ts, sign, () => row(message, how));
      if (old && old !== node) announceChange(message.user, old, node);
      made.push(node);
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
