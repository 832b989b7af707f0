// The two panes: a channel or a tab of the app; a thread or the traffic.

import { drawAbout, drawHome, drawPrompts, drawTabs, opened } from "./app_tabs.js";
import { Composer, placeholder } from "./composer.js";
import { el, icon, iconButton, listOf } from "./dom.js";
import { sizeOf } from "./files.js";
import { focusAgain, focusIn } from "./focus.js";
import { inChannel, inThread, MessageList } from "./messages.js";
import { editing } from "./rows.js";
import { closeThread } from "./screens.js";
import { changed, go, here, nameOf, store } from "./store.js";
import { drawTraffic } from "./traffic.js";

const messages = new MessageList("Messages"), thread = new MessageList("Thread");
const composer = new Composer("composer"), reply = new Composer("reply");
const channelHead = el("header", { class: "pane-head" }), threadHead = el("header", { class: "pane-head" });
const doing = el("div", { class: "doing" });
editing.redraw = changed;

/** The middle. */
export function drawMiddle(place) {
  const channel = here(), im = channel?.kind === "im";
  opened(im ? "messages" : channel ? "" : store.place.at);
  if (!channel) return drawTab(place);
  const at = { channel: channel.id, placeholder: placeholder(channel), archived: channel.archived, always: im };
  const parts = im ? [channelHead, drawTabs("messages"), messages.node, drawPrompts(channel, say), composer.node] : [channelHead, messages.node, composer.node];
  fill(place, im ? "messages" : "channel", parts);
  heading(channelHead, channel);
  composer.set(at);
  const all = store.screen.messages[channel.id];
  messages.show(inChannel(all), { place: `${store.screen.me}/${channel.id}`, channel: channel.id, threaded: false, empty: welcome(channel) });
  store.read.set(`${store.screen.me}/${channel.id}`, all.at(-1)?.ts || store.began);
}

/** The Home and About tabs; a person without a conversation with the app has none. */
function drawTab(place) {
  messages.leave();
  if (!["home", "about"].includes(store.place.at)) return fill(place, "none", [el("p", { class: "nothing" }, `${nameOf(store.screen.me)} is in no channel here.`)]);
  const tab = store.place.at, body = tab === "home" ? drawHome() : drawAbout();
  heading(channelHead, null);
  fill(place, tab, [channelHead, drawTabs(tab), body]);
}

/** Send a prompt as if it were typed. */
function say(text) {
  composer.fill({ text });
  composer.go();
}

function fill(place, name, children) {
  if (place.dataset.name === name) return;
  const had = focusIn(place);
  place.dataset.name = name;
  place.replaceChildren(...children);
  focusAgain(place, had);
}

function heading(head, channel) {
  const im = channel?.kind === "im" || !channel;
  const sign = JSON.stringify([channel?.id, channel?.members, store.screen.me]);
  if (head.dataset.sign === sign) return;
  head.dataset.sign = sign;
  const name = im ? nameOf(store.hello.bot.id) : channel.name;
  const names = im ? "" : channel.members.map(nameOf).join(", ");
  const members = im ? null : el("span", { class: "members small", "data-tip": names }, `${channel.members.length} members`, el("span", { class: "unseen" }, `: ${names}`));
  const title = el("h1", { tabindex: -1 }, im ? null : icon(channel.kind === "group" ? "lock" : "hash"), name, im ? el("span", { class: "badge" }, "APP") : null);
  head.replaceChildren(iconButton("back", "Back to channels", () => go({ panel: "channels" }), { class: "bare only-small" }), el("div", { class: "titles" }, title, el("span", { class: "gap" }), members));
}

function welcome(channel) {
  if (welcome.of === channel.id && welcome.node) return welcome.node;
  const samples = store.hello.samples.map((sample) =>
    el("button", { type: "button", class: "sample", onclick: () => composer.fill(sample) }, el("b", {}, sample.label, sample.silent && channel.kind !== "im" ? el("span", { class: "tag" }, "silence is right") : null), el("span", { class: "small" }, about(sample))),
  );
  const words = channel.kind === "im" ? `This is the conversation with ${nameOf(store.hello.bot.id)}. It always answers here.` : `This is the beginning of #${channel.name}.`;
  welcome.of = channel.id;
  welcome.node = el("div", { class: "welcome" }, el("h2", {}, channel.kind === "im" ? nameOf(store.hello.bot.id) : `# ${channel.name}`), el("p", {}, words), samples.length ? [el("p", { class: "small" }, "Paste something, or try one of these:"), listOf(samples, "sample-list")] : null);
  return welcome.node;
}

function about({ text, file }) {
  return file ? `${file.name}, ${sizeOf(file.size)}` : text.replace(/\s+/g, " ").trim().slice(0, 120);
}

/** The right. */
export function drawPane(pane) {
  const { panel, thread: ts } = store.place, channel = here();
  const all = channel ? store.screen.messages[channel.id] : [];
  const found = ts ? inThread(all, ts) : [];
  pane.hidden = panel !== "traffic" && !found.length;
  document.body.classList.toggle("with-pane", !pane.hidden);
  if (pane.hidden || panel === "traffic") thread.leave();
  if (pane.hidden) return pane.replaceChildren();
  pane.setAttribute("aria-label", panel === "traffic" ? "Traffic" : "Thread");
  if (panel === "traffic") return drawTraffic(pane);
  if (pane.firstChild !== threadHead) pane.replaceChildren(threadHead, thread.node, doing, reply.node);
  const where = channel.kind === "im" ? channel.name : `# ${channel.name}`;
  if (threadHead.dataset.sign !== where) {
    threadHead.dataset.sign = where;
    const titles = el("div", { class: "titles" }, el("h2", { tabindex: -1 }, "Thread"), el("span", { class: "small" }, where), el("span", { class: "gap" }));
    threadHead.replaceChildren(iconButton("back", "Back to the channel", closeThread, { class: "bare only-small" }), titles, iconButton("close", "Close the thread", closeThread, { class: "bare only-large" }));
  }
  tell(found[0]);
  thread.show(found, { place: `${store.screen.me}/${channel.id}/${ts}`, channel: channel.id, threaded: true });
  reply.set({ channel: channel.id, thread: ts, placeholder: placeholder(channel, ts), archived: channel.archived, always: channel.kind === "im" });
}

/** The app's status in the thread. */
function tell(root) {
  if (doing.dataset.sign === `${root.ts}/${root.status || ""}`) return;
  doing.dataset.sign = `${root.ts}/${root.status || ""}`;
  doing.replaceChildren(...(root.status ? [el("p", { class: "small", role: "status" }, `${nameOf(store.hello.bot.id)} ${root.status}`)] : []));
}

addEventListener("point", (event) => {
  messages.point(event.detail);
  thread.point(event.detail);
});
