// One message as a row: author, time, content, replies, actions.

import { drawBlocks } from "./blocks.js";
import { ago, clock, full, narrow, posted } from "./dates.js";
import { el, icon, iconButton } from "./dom.js";
import { emoji } from "./emoji.js";
import { drawFiles } from "./files.js";
import { openMenu } from "./menu.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { avatar, isBot } from "./people.js";
import { act, go, nameOf, store } from "./store.js";

/** The ts of the message that is being edited, if one is. */
export const editing = { ts: "", redraw: () => {} };

/** A row. `how`: {channel, compact, inThread, root, ephemerals}. */
export function row(message, how) {
  const date = posted(message.ts);
  const time = el("time", { datetime: date.toISOString(), title: full(date), class: "time" }, how.compact ? narrow(date) : clock(date));
  const head = how.compact
    ? null
    : el("div", { class: "head" }, el("b", { class: "name" }, nameOf(message.user)), isBot(message.user) || message.bot ? el("span", { class: "badge" }, "APP") : null, time);
  const gutter = el("div", { class: "gutter" }, how.compact ? time : avatar(message.user));
  const kinds = ["message", how.compact ? "compact" : "", message.private ? "private" : "", message.subtype === "tombstone" ? "gone" : ""];
  const label = `${nameOf(message.user)}, ${clock(date)}${message.private ? ", only visible to you" : ""}`;
  return el(
    "article",
    { class: kinds.filter(Boolean).join(" "), "aria-label": label, "data-ts": message.ts, tabindex: -1 },
    before(message, how),
    gutter,
    el("div", { class: "content" }, head, body(message, how), how.inThread ? null : threadBar(message, how)),
    message.private || message.subtype === "tombstone" || editing.ts === message.ts ? null : tools(message, how),
  );
}

function before(message, how) {
  if (message.private) return el("div", { class: "above" }, icon("eye"), "Only visible to you");
  if (message.subtype !== "thread_broadcast") return null;
  if (how.inThread) return el("div", { class: "above" }, icon("chat"), "Also sent to the channel");
  const open = () => openThread(message.thread);
  return el("div", { class: "above" }, icon("chat"), "replied to a thread: ", el("button", { type: "button", class: "plain", onclick: open }, excerpt(how.root)));
}

const excerpt = (root) => (root ? plain(root.text).slice(0, 80) : "an earlier message") || "a message";

function body(message, how) {
  if (editing.ts === message.ts) return editor(message, how);
  const prefix = `${how.inThread ? "thread" : "channel"}-${message.ts}-`;
  const at = { where: { channel: how.channel, ts: message.ts }, inputs: new Map(), typed: typedIn(how.channel, message.ts), prefix, level: how.inThread ? 3 : 2 };
  const drawn = message.blocks.length ? drawBlocks(message.blocks, at) : el("div", { class: "block text" }, mrkdwn(message.text));
  const edited = message.edited ? el("span", { class: "edited" }, "(edited)") : null;
  const made = el("div", { class: "body" }, drawn, attachments(message), drawFiles(message.files), reactions(message));
  const end = made.lastElementChild?.querySelector(".para:last-child, .text:not(.rich)");
  if (edited) (end || made).append(end ? " " : "", edited);
  return made;
}

/** What the person has typed in a message's inputs, by block_id: an update of the message keeps it. */
function typedIn(channel, ts) {
  const key = `${store.screen.me}/${channel}/${ts}`;
  if (!store.typed.has(key)) store.typed.set(key, new Map());
  return store.typed.get(key);
}

function reactions(message) {
  if (!message.reactions) return null;
  const pills = message.reactions.map((one) => {
    const mine = one.users.includes(store.screen.me) ? "pill mine" : "pill";
    const who = `${one.users.map(nameOf).join(", ")} reacted with :${one.name}:`;
    return el("span", { class: mine, "data-tip": who, "aria-label": who, role: "img" }, emoji(one.name) || `:${one.name}:`, el("b", {}, String(one.count)));
  });
  return el("div", { class: "pills" }, pills);
}

function attachments(message) {
  const shown = (one) => one.text || one.pretext || one.blocks || one.files?.length;
  return (message.attachments || []).filter(shown).map((one) =>
    el(
      "div",
      { class: "attachment" },
      one.author_name ? el("div", { class: "head" }, avatar(one.author_id, "tiny"), el("b", {}, one.author_name)) : null,
      [one.pretext, one.text].filter(Boolean).map((text) => el("div", { class: "block text" }, mrkdwn(text))),
      drawBlocks(one.blocks || [], { where: {} }),
      drawFiles(one.files),
      one.footer ? el("div", { class: "small" }, one.footer) : null,
    ),
  );
}

/** Open a thread, ready to reply; not on touch screens, where the keyboard would hide it. */
function openThread(ts) {
  go({ thread: ts, panel: "" });
  if (matchMedia("(hover: hover)").matches) setTimeout(() => document.querySelector("#pane .composer textarea")?.focus());
}

function threadBar(message, how) {
  if (!message.replies && !how.ephemerals) return null;
  const open = () => openThread(message.ts);
  const count = message.replies ? `${message.replies} ${message.replies === 1 ? "reply" : "replies"}` : "Thread";
  return el(
    "button",
    { type: "button", class: "thread-bar", onclick: open, "data-key": `thread/${message.ts}` },
    (message.repliers || []).map((user) => avatar(user, "tiny")),
    el("b", {}, count),
    message.latest ? el("time", { class: "small", datetime: posted(message.latest).toISOString(), "data-format": "{ago}" }, ago(posted(message.latest))) : null,
    how.ephemerals ? el("span", { class: "small" }, "with a reply only you can see") : null,
    el("span", { class: "unseen" }, "View thread"),
    el("span", { class: "small go", "aria-hidden": "true" }, "View thread"),
    icon("right"),
  );
}

function tools(message, how) {
  const key = (name) => ({ "data-key": `${name}/${message.ts}` });
  const more = iconButton("more", "More actions", () => openMenu(more, entries(message, how), { label: "More actions" }), {
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    ...key("more"),
  });
  const reply = () => openThread(message.thread || message.ts);
  const thread = how.inThread ? null : iconButton("chat", "Reply in thread", reply, key("reply"));
  return el("div", { class: "tools" }, thread, more);
}

function entries(message, how) {
  const where = { channel: how.channel, ts: message.ts };
  const made = store.hello.shortcuts.map((shortcut) => ({
    label: shortcut.name,
    hint: store.hello.bot.name,
    run: () => act("shortcut", { ...where, callback: shortcut.id }),
  }));
  const line = store.screen.traffic.findLast((one) => one.ts === message.ts && one.why);
  if (line) made.push(null, { label: isBot(message.user) ? "Why this reply?" : "How was this judged?", run: () => go({ panel: "traffic", thread: "" }) || dispatchEvent(new CustomEvent("why", { detail: line.n })) });
  if (!how.inThread) made.push(null, { label: "Reply in thread", run: () => openThread(message.thread || message.ts) });
  const others = message.private ? [] : store.screen.channels.filter((channel) => channel.id !== how.channel && !channel.archived);
  if (others.length) made.push(null, ...others.map((to) => ({ label: `Forward to ${to.kind === "im" ? "" : "#"}${to.name}`, run: () => forward(where, to.id) })));
  if (message.user === store.screen.me) {
    const edit = () => {
      editing.ts = message.ts;
      editing.redraw();
    };
    made.push(null, { label: "Edit message", run: edit }, { label: "Delete message", danger: true, run: () => act("delete", where) });
  }
  return made.length ? made : [{ label: "Nothing can be done with this message", run: () => {} }];
}

/** Forward a message, and go to the new one. */
async function forward(where, to) {
  const answer = await act("forward", { ...where, to });
  if (answer.ok) go({ at: to, thread: "", panel: "" });
}

function editor(message, how) {
  const field = el("textarea", { rows: 3, "aria-label": "Edit message" });
  field.value = message.blocks.flatMap((block) => block.elements || []).map(written).join("") || message.text;
  const stop = () => {
    editing.ts = "";
    editing.redraw();
  };
  const save = async () => {
    const answer = await act("edit", { channel: how.channel, ts: message.ts, text: field.value });
    if (answer.ok) stop();
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") stop();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  queueMicrotask(() => field.focus());
  return el("div", { class: "editor" }, field, el("div", { class: "row" }, el("button", { type: "button", class: "button", onclick: stop }, "Cancel"), el("button", { type: "button", class: "button primary", onclick: save }, "Save")));
}

function written(element) {
  const text = (element.elements || []).map((run) => (run.type === "user" ? `@${nameOf(run.user_id)}` : run.text || run.url || "")).join("");
  return element.type === "rich_text_preformatted" ? `\`\`\`\n${text}\n\`\`\`` : text;
}
