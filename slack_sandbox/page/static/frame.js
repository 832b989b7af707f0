// The frame around the messages: the top bar, the channels, the notices.

import { el, icon, iconButton, listOf, refill } from "./dom.js";
import { avatar } from "./people.js";
import { go, here, nameOf, store } from "./store.js";

/** The top bar: the person to act as, the traffic panel, light or dark. */
export function drawTop(place) {
  const { people } = store.hello, traffic = store.place.panel === "traffic";
  const persons = people.map((person) => {
    const mine = person.id === store.screen.me;
    const title = `${nameOf(person.id)}: ${person.role}`;
    return el("button", { type: "button", "aria-pressed": String(mine), "data-tip": title, "data-key": `as/${person.id}`, onclick: () => become(person.id) }, avatar(person.id, "tiny"), el("span", { class: "who" }, nameOf(person.id)), el("span", { class: "role" }, person.role));
  });
  refill(
    place,
    el("b", { class: "workspace" }, store.hello.workspace),
    el("div", { class: "act-as", role: "group", "aria-label": "Act as" }, el("span", { class: "small" }, "Act as"), persons),
    el("span", { class: "gap" }),
    el("button", { type: "button", class: "bare wide", "aria-pressed": String(traffic), "aria-label": "Traffic", "data-key": "traffic", onclick: () => go({ panel: traffic ? "" : "traffic" }) }, icon("pulse"), el("span", {}, "Traffic")),
    iconButton(isDark() ? "sun" : "moon", isDark() ? "Light colours" : "Dark colours", switchColours, { "data-key": "colours" }),
  );
}

function become(id) {
  go({ as: id, thread: "" });
  dispatchEvent(new Event("person"));
}

const system = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => document.documentElement.dataset.theme === "dark";

/** Use the colours chosen here, else those of the system. */
export function colour() {
  const chosen = kept("theme");
  document.documentElement.dataset.theme = chosen || (system.matches ? "dark" : "light");
  if (store.screen) drawTop(document.getElementById("top"));
}

function kept(name, value) {
  try {
    if (value) localStorage.setItem(name, value);
    return localStorage.getItem(name);
  } catch {
    return value || null; // a browser without storage
  }
}

function switchColours() {
  const theme = isDark() ? "light" : "dark";
  kept("theme", theme);
  document.documentElement.dataset.theme = theme;
  drawTop(document.getElementById("top"));
}

system.addEventListener("change", colour);

/** The channels the person is in, and the app. */
export function drawSide(place) {
  const { channels } = store.screen, open = here()?.id;
  const im = channels.find((channel) => channel.kind === "im");
  const entry = (at, name, picture, current, fresh) =>
    el("button", { type: "button", class: `entry ${fresh ? "fresh" : ""}`, "aria-current": current ? "page" : null, "data-key": `to/${at}`, onclick: () => visit(at) }, picture, el("span", { class: "name" }, name), fresh ? el("span", { class: "dot", title: "new messages" }, el("span", { class: "unseen" }, "new messages")) : null);
  const listed = channels.filter((channel) => channel !== im).map((channel) => entry(channel.id, channel.name, icon(channel.kind === "group" ? "lock" : "hash"), channel.id === open, isFresh(channel)));
  refill(
    place,
    el("h2", {}, "Channels"),
    listed.length ? listOf(listed) : el("p", { class: "small" }, "None"),
    im ? [el("h2", {}, "Apps"), listOf([entry(im.id, im.name, avatar(store.hello.bot.id, "tiny"), im.id === open || !here(), isFresh(im))])] : null,
    el("span", { class: "gap" }),
    el("p", { class: "small about" }, "A local workspace that speaks Slack's protocol. Nothing leaves this computer."),
  );
}

function isFresh(channel) {
  const newest = store.screen.messages[channel.id].at(-1);
  return Boolean(newest && newest.user !== store.screen.me && newest.ts > (store.read.get(`${store.screen.me}/${channel.id}`) || store.began));
}

function visit(at) {
  const stays = innerWidth >= 900 && store.place.panel === "traffic";
  go({ at, thread: "", panel: stays ? "traffic" : "" });
}

/** The notices: the server has stopped, the bot's status, faults in files. */
export function drawNotices(place) {
  const { faults, more, status } = store.screen?.notices || { faults: [], more: 0, status: "" };
  const made = [];
  if (!store.online && store.screen) made.push(notice("The sandbox has stopped. Waiting for it to start again.", "away"));
  else if (status) made.push(notice(status, "away"));
  if (faults.length) {
    const lines = faults.map((line) => el("li", {}, line));
    const words = `${faults.length + more} ${faults.length + more === 1 ? "fault" : "faults"}; the last good version is still in use`;
    made.push(el("div", { class: "notice fault" }, icon("warn"), el("div", {}, el("b", {}, words), el("ul", {}, lines, more ? el("li", {}, `and ${more} more`) : null))));
  }
  const sign = made.map((node) => node.textContent).join("|");
  if (place.dataset.sign !== sign) place.replaceChildren(...made);
  place.dataset.sign = sign;
}

const notice = (words, kind) => el("div", { class: `notice ${kind}` }, icon("warn"), el("b", {}, words));
