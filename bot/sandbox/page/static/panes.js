// The middle: a channel or the Home tab. The right: a thread or the traffic.

import { drawBlocks } from "./blocks.js";
import { Composer, placeholder } from "./composer.js";
import { el, icon, iconButton } from "./dom.js";
import { sizeOf } from "./files.js";
import { inChannel, inThread, MessageList } from "./messages.js";
import { editing } from "./rows.js";
import { act, changed, go, here, nameOf, store } from "./store.js";
import { drawTraffic } from "./traffic.js";

const messages = new MessageList("Messages"), thread = new MessageList("Thread");
const composer = new Composer("composer"), reply = new Composer("reply");
const channelHead = el("header", { class: "pane-head" }), threadHead = el("header", { class: "pane-head" });
const offered = el("div", { class: "offered" });
const homeBody = el("div", { class: "list home" });
editing.redraw = changed;

/** The middle. */
export function drawMiddle(place) {
  const channel = here();
  if (!channel) return store.place.at === "home" ? drawHome(place) : fill(place, "none", [el("p", { class: "nothing" }, `${nameOf(store.screen.me)} is in no channel here.`)]);
  const at = { channel: channel.id, placeholder: placeholder(channel), archived: channel.archived, always: channel.kind === "im" };
  fill(place, "channel", [channelHead, messages.node, composer.node]);
  heading(channelHead, channel);
  composer.set(at);
  const all = store.screen.messages[channel.id];
  messages.show(inChannel(all), { place: `${store.screen.me}/${channel.id}`, channel: channel.id, threaded: false, empty: welcome(channel) });
  store.read.set(`${store.screen.me}/${channel.id}`, all.at(-1)?.ts || store.began);
}

function fill(place, name, children) {
  if (place.dataset.name === name) return;
  place.dataset.name = name;
  place.replaceChildren(...children);
}

function heading(head, channel) {
  const im = channel?.kind === "im" || !channel;
  const sign = JSON.stringify([channel?.id, channel?.members, store.screen.me]);
  if (head.dataset.sign === sign) return;
  head.dataset.sign = sign;
  const name = im ? nameOf(store.hello.bot.id) : channel.name;
  const members = im ? null : el("span", { class: "members small", "data-tip": channel.members.map(nameOf).join(", ") }, `${channel.members.length} members`);
  const dm = store.screen.channels.find((one) => one.kind === "im");
  const tab = (words, at, current) => el("button", { type: "button", role: "tab", "aria-selected": String(current), onclick: () => go({ at, thread: "" }) }, words);
  const tabs = im && dm ? el("div", { class: "tabs", role: "tablist", "aria-label": name }, tab("Home", "home", !channel), tab("Messages", dm.id, Boolean(channel))) : null;
  head.replaceChildren(el("h1", {}, im ? null : icon(channel.kind === "group" ? "lock" : "hash"), name, im ? el("span", { class: "badge" }, "APP") : null), ...[tabs, el("span", { class: "gap" }), im && dm && store.hello.pane ? el("button", { type: "button", class: "members", onclick: openPane }, "New chat") : null, members].filter(Boolean));
}

function welcome(channel) {
  if (welcome.of === channel.id && welcome.node) return welcome.node;
  const samples = store.hello.samples.map((sample) =>
    el("button", { type: "button", class: "sample", onclick: () => composer.fill(sample) }, el("b", {}, sample.label, sample.silent && channel.kind !== "im" ? el("span", { class: "tag" }, "silence is right") : null), el("span", { class: "small" }, about(sample))),
  );
  const words = channel.kind === "im" ? `This is the conversation with ${nameOf(store.hello.bot.id)}. It always answers here.` : `This is the beginning of #${channel.name}.`;
  welcome.of = channel.id;
  welcome.node = el("div", { class: "welcome" }, el("h2", {}, channel.kind === "im" ? nameOf(store.hello.bot.id) : `# ${channel.name}`), el("p", {}, words), samples.length ? [el("p", { class: "small" }, "Paste something, or try one of these:"), el("div", { class: "sample-list" }, samples)] : null);
  return welcome.node;
}

function about({ text, file }) {
  return file ? `${file.name}, ${sizeOf(file.size)}` : text.replace(/\s+/g, " ").trim().slice(0, 120);
}

let homeOf = "";

function drawHome(place) {
  const view = store.screen.home;
  fill(place, "home", [channelHead, homeBody]);
  messages.leave();
  heading(channelHead, null);
  if (homeOf !== store.screen.me) {
    homeOf = store.screen.me;
    act("home");
  }
  const sign = JSON.stringify([view?.id, view?.hash, view?.chosen, store.screen.me]);
  if (homeBody.dataset.sign === sign) return;
  homeBody.dataset.sign = sign;
  const at = view && { where: { view: view.id }, chosen: view.chosen };
  homeBody.replaceChildren(el("div", { class: "home-body" }, view ? drawBlocks(view.blocks, at) : el("p", { class: "nothing" }, "The app has not published anything here yet.")));
}

/** Slack tells the app each time somebody opens the tab; so do we. */
export function leftHome() {
  if (here()) homeOf = "";
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
  if (pane.firstChild !== threadHead) pane.replaceChildren(threadHead, thread.node, offered, reply.node);
  const where = channel.kind === "im" ? channel.name : `# ${channel.name}`;
  if (threadHead.dataset.sign !== where) {
    threadHead.dataset.sign = where;
    const shut = () => go({ thread: "" });
    threadHead.replaceChildren(iconButton("back", "Back to the channel", shut, { class: "bare only-small" }), el("h2", {}, "Thread"), el("span", { class: "small" }, where), el("span", { class: "gap" }), iconButton("close", "Close the thread", shut, { class: "bare only-large" }));
  }
  offer(found[0]);
  thread.show(found, { place: `${store.screen.me}/${channel.id}/${ts}`, channel: channel.id, threaded: true });
  reply.set({ channel: channel.id, thread: ts, placeholder: placeholder(channel, ts), archived: channel.archived, always: channel.kind === "im" });
}

/** What the app shows in the thread besides messages: what it is doing, and what it suggests in a pane. */
function offer(root) {
  // as in Slack: they are gone once something was said
  const prompts = root.replies ? [] : (root.prompts || []).map((one) => el("button", { type: "button", class: "prompt", onclick: () => ask(one.message) }, one.title));
  const sign = JSON.stringify([root.ts, root.status, root.replies ? [] : root.prompts]);
  if (offered.dataset.sign === sign) return;
  offered.dataset.sign = sign;
  offered.replaceChildren(...[root.status ? el("p", { class: "small", role: "status" }, `${nameOf(store.hello.bot.id)} ${root.status}`) : null, prompts.length && root.invitation ? el("p", { class: "small" }, root.invitation) : null, ...prompts].filter(Boolean));
}

/** A prompt is sent as if it had been typed. */
function ask(text) {
  reply.fill({ text });
  reply.go();
}

/** A new thread with the app, as its pane makes one. */
async function openPane() {
  const answer = await act("pane");
  if (answer.ok) go({ at: answer.channel, thread: answer.ts, panel: "" });
}

addEventListener("point", (event) => {
  messages.point(event.detail);
  thread.point(event.detail);
});
