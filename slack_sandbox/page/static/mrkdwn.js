// Slack's mrkdwn as nodes: bold, italics, strike, code, quotes, links, mentions, dates, emoji, entities.

import { dateNode } from "./dates.js";
import { el, link } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { go, nameOf, store, toast } from "./store.js";

/** Slack's three entities as characters. */
export function unescape(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** The nodes of a text with markup. */
export function mrkdwn(text) {
  return text.split(/```\n?([\s\S]*?)\n?```/).flatMap((part, index) => {
    if (index % 2) return [el("pre", {}, unescape(part.replace(/<(?:[^<|>]+\|)?([^<>]+)>/g, "$1")))];
    return part ? lines(part.replace(index ? /^\n/ : /^(?!)/, "")) : [];
  });
}

/** A text without its markup, as it is read. */
export const plain = (text) => el("p", {}, mrkdwn(text)).textContent.replace(/\s+/g, " ").trim();

function lines(text) {
  const made = [];
  let quoted = [];
  const flush = () => {
    if (quoted.length) made.push(el("blockquote", {}, ...inline(quoted.join("\n"))));
    quoted = [];
  };
  text.split("\n").forEach((line, index, all) => {
    const quote = line.match(/^(?:&gt;|>)(?: |$)(.*)$/);
    if (quote) return quoted.push(quote[1]);
    flush();
    made.push(...inline(line), ...(index < all.length - 1 ? ["\n"] : []));
  });
  flush();
  return made;
}

// No part can run over the beginning of the next one, so that no text takes long.
const TOKEN = new RegExp([
  /<([^<>\n]+)>/,
  /`([^`\n]+)`/,
  /(?<![\w*])[*](?=\S)((?:<[^<>\n]*>|`[^`\n]*`|[^\n<`*])+)(?<=\S)[*](?![\w*])/,
  /(?<![\w_])[_](?=\S)((?:<[^<>\n]*>|`[^`\n]*`|[^\n<`_])+)(?<=\S)[_](?![\w_])/,
  /(?<![\w~])[~](?=\S)((?:<[^<>\n]*>|`[^`\n]*`|[^\n<`~])+)(?<=\S)[~](?![\w~])/,
  /:([a-z0-9_+-]+):/,
].map((part) => part.source).join("|"), "g");

/** One run of text without line quotes and fences. */
export function inline(text) {
  const made = [];
  let end = 0;
  for (const found of text.matchAll(TOKEN)) {
    const [whole, angle, code, bold, italic, strike, name] = found;
    if (found.index > end) made.push(unescape(text.slice(end, found.index)));
    end = found.index + whole.length;
    if (angle !== undefined) made.push(special(angle));
    else if (code !== undefined) made.push(el("code", {}, unescape(code)));
    else if (bold !== undefined) made.push(el("b", {}, ...inline(bold)));
    else if (italic !== undefined) made.push(el("i", {}, ...inline(italic)));
    else if (strike !== undefined) made.push(el("s", {}, ...inline(strike)));
    else made.push(emoji(name) || whole);
  }
  if (end < text.length) made.push(unescape(text.slice(end)));
  return made;
}

function special(inside) {
  const [target, ...rest] = inside.split("|");
  const label = rest.length ? unescape(rest.join("|")) : "";
  if (target.startsWith("@")) return mention(target.slice(1));
  if (target.startsWith("#")) return place(target.slice(1), label);
  if (target.startsWith("!date^")) {
    const [, seconds, format, url] = target.split("^");
    const node = dateNode(seconds, unescape(format || ""), label);
    return url ? webLink(unescape(url), node) : node;
  }
  if (target.startsWith("!subteam^")) return group(target.slice(9), label);
  if (target.startsWith("!")) return el("span", { class: "mention loud" }, `@${label || target.slice(1)}`);
  return webLink(unescape(target), label ? withEmoji(label) : unescape(target));
}

/** Somebody's name. */
export function mention(user) {
  return el("span", { class: user === store.screen.me ? "mention me" : "mention" }, `@${nameOf(user)}`);
}

/** A user group's name. */
export function group(id, label = "") {
  const name = store.screen.groups[id] || label.replace(/^@/, "") || "group";
  return el("span", { class: "mention" }, `@${name}`);
}

/** A channel's name, which leads there. */
export function place(id, label = "") {
  const name = store.screen.channelNames[id] || label || "private-channel";
  return el("button", { type: "button", class: "mention link", onclick: () => visit(id) }, `#${name}`);
}

/** A link; one to a message of this workspace stays on the page. */
export function webLink(url, ...children) {
  const made = link(url, ...children);
  const inner = archive(url);
  if (made.href && inner) {
    made.removeAttribute("target");
    made.addEventListener("click", (event) => {
      event.preventDefault();
      visit(inner.channel, inner.ts, inner.thread);
    });
  }
  return made;
}

function archive(url) {
  const found = url.match(/^https:\/\/([^/]+)\/archives\/(\w+)\/p(\d+)(\d{6})(?:\?(.*))?$/);
  if (!found || found[1] !== store.hello.domain) return null;
  const thread = new URLSearchParams(found[5] || "").get("thread_ts");
  return { channel: found[2], ts: `${found[3]}.${found[4]}`, thread };
}

function visit(channel, ts = "", thread = "") {
  if (!store.screen.channels.some((known) => known.id === channel)) {
    return toast(`${nameOf(store.screen.me)} is not in that channel. Act as somebody else.`);
  }
  const replies = store.screen.messages[channel].find((message) => message.ts === ts)?.replies;
  go({ at: channel, thread: thread || (replies ? ts : ""), panel: "" });
  if (ts) setTimeout(() => dispatchEvent(new CustomEvent("point", { detail: ts })), 50);
}
