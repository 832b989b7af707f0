// The app opened from the sidebar: its tabs Home, Messages and About, and the prompts above the box to write in.

import { drawBlocks } from "./blocks.js";
import { el, listOf, refill } from "./dom.js";
import { avatar } from "./people.js";
import { act, go, nameOf, store } from "./store.js";

const tabs = el("div", { class: "tabs", role: "tablist", onkeydown: (event) => turn(event) });
const home = el("div", { class: "list home", role: "tabpanel", "aria-label": "Home" });
const about = el("div", { class: "list about-tab", role: "tabpanel", "aria-label": "About" });
const prompts = el("div", { class: "prompts" });
let shown = "";

/** Tell the app that one of its tabs was opened; "" is none of them. */
export function opened(tab) {
  const now = tab && `${store.screen.me}/${tab}`;
  if (now === shown) return;
  shown = now;
  if (tab === "home" || tab === "messages") act(tab);
}

/** The tabs under the app's name. */
export function drawTabs(current) {
  const im = store.screen.channels.find((channel) => channel.kind === "im");
  const places = { home: "home", messages: im.id, about: "about" };
  tabs.setAttribute("aria-label", nameOf(store.hello.bot.id));
  const tab = (name, words) => el("button", { type: "button", role: "tab", "aria-selected": String(name === current), tabindex: name === current ? 0 : -1, "data-key": `tab/${name}`, onclick: () => go({ at: places[name], thread: "" }) }, words);
  refill(tabs, tab("home", "Home"), tab("messages", "Messages"), tab("about", "About"));
  return tabs;
}

/** The arrow keys choose the tab beside the one that has the focus. */
function turn(event) {
  const all = [...tabs.children], now = all.indexOf(document.activeElement);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step || now < 0) return;
  event.preventDefault();
  const next = all[(now + step + all.length) % all.length];
  next.focus();
  next.click();
}

/** The Home tab as the app published it for the person. */
export function drawHome() {
  const view = store.screen.home;
  const sign = JSON.stringify([view?.id, view?.hash, view?.chosen, store.screen.me]);
  if (home.dataset.sign === sign) return home;
  home.dataset.sign = sign;
  const at = view && { where: { view: view.id }, chosen: view.chosen, level: 2 };
  home.replaceChildren(el("div", { class: "home-body" }, view ? drawBlocks(view.blocks, at) : el("p", { class: "nothing" }, "The app hasn't published a Home tab yet.")));
  return home;
}

/** The app's description. */
export function drawAbout() {
  const { bot, commands, shortcuts, about: words } = store.hello;
  if (about.firstChild) return about;
  const listed = (title, lines) => (lines.length ? [el("h2", {}, title), el("ul", {}, lines.map((line) => el("li", {}, line)))] : null);
  about.append(
    el(
      "div",
      { class: "home-body" },
      el("div", { class: "head" }, avatar(bot.id), el("h2", {}, nameOf(bot.id))),
      words ? el("p", {}, words) : null,
      listed("Slash commands", commands),
      listed("In the menu of a message", shortcuts.map((shortcut) => shortcut.name)),
    ),
  );
  return about;
}

/** The app's suggested prompts; `say` sends one as if it were typed. */
export function drawPrompts(channel, say) {
  const offered = channel.prompts || [];
  const sign = JSON.stringify([channel.id, channel.invitation, offered]);
  if (prompts.dataset.sign === sign) return prompts;
  prompts.dataset.sign = sign;
  const made = offered.map((one) => el("button", { type: "button", class: "prompt", onclick: () => say(one.message) }, one.title));
  prompts.hidden = !made.length;
  prompts.replaceChildren(...[channel.invitation && made.length ? el("p", { class: "small" }, channel.invitation) : null, listOf(made)].filter(Boolean));
  return prompts;
}
