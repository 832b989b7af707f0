// The beginning: the stream from the server, drawing on every change, keys that work everywhere.

import { colour, drawerIsOpen, drawNotices, drawSide, drawTop, slide } from "./frame.js";
import { drawModal } from "./modal.js";
import { closeMenu, menuIsOpen } from "./menu.js";
import { drawMiddle, drawPane } from "./panes.js";
import { changed, go, nameOf, onChange, store } from "./store.js";

const at = (id) => document.getElementById(id);
store.began = String(Date.now() / 1000);
let stream = null;
let version = "";
let told = null; // the newest message that was read out

colour();

function connect() {
  stream?.close();
  stream = new EventSource(`/events?as=${encodeURIComponent(store.place.as)}`);
  stream.addEventListener("hello", (event) => {
    store.hello = JSON.parse(event.data);
    // other files than those that run here: begin anew
    if (version && version !== store.hello.version) location.reload();
    version = store.hello.version;
    document.title = store.hello.workspace;
  });
  stream.addEventListener("state", (event) => {
    store.screen = JSON.parse(event.data);
    store.online = true;
    changed();
  });
  stream.onerror = () => {
    store.online = false;
    drawNotices(at("notices"));
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, 1500);
  };
}

onChange(() => {
  drawNotices(at("notices"));
  drawTop(at("top"));
  drawMiddle(at("middle"));
  drawSide(at("side"));
  drawPane(at("pane"));
  drawModal();
  announce();
});

/** Read new messages out, to those who cannot see them come. */
function announce() {
  const all = Object.values(store.screen.messages).flat().sort((one, other) => (one.ts < other.ts ? -1 : 1));
  const fresh = told === null ? [] : all.filter((message) => message.ts > told && message.user !== store.screen.me);
  told = all.at(-1)?.ts || told || "0";
  if (fresh.length) at("live").textContent = fresh.slice(-3).map((message) => `${nameOf(message.user)}: ${message.text.slice(0, 300)}`).join(". ");
}

addEventListener("person", () => {
  told = null;
  connect();
});

addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (menuIsOpen()) closeMenu();
  else if (drawerIsOpen()) slide(false);
  else if (store.place.panel) go({ panel: "" });
  else if (store.place.thread) {
    go({ thread: "" });
    at("composer")?.focus();
  }
});

addEventListener("pointerdown", (event) => {
  if (drawerIsOpen() && !at("side").contains(event.target) && !at("top").contains(event.target)) slide(false);
});

connect();
