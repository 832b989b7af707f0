// The entry point: the stream from the server, drawing on every change, global keys.

import { colour, drawerIsOpen, drawNotices, drawSide, drawTop, slide } from "./frame.js";
import { drawModal } from "./modal.js";
import { closeMenu, menuIsOpen } from "./menu.js";
import { drawMiddle, drawPane } from "./panes.js";
import { changed, go, nameOf, onChange, store } from "./store.js";

const at = (id) => document.getElementById(id);
store.began = String(Date.now() / 1000);
let stream = null;
let version = "";
let announced = null; // the newest message that was read out

colour();

function connect() {
  stream?.close();
  stream = new EventSource(`/events?as=${encodeURIComponent(store.place.as)}`);
  stream.addEventListener("hello", (event) => {
    store.hello = JSON.parse(event.data);
    // the server has other files than this page: reload
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

/** Announce new messages to screen readers. */
function announce() {
  const all = Object.values(store.screen.messages).flat().sort((one, other) => (one.ts < other.ts ? -1 : 1));
  const fresh = announced === null ? [] : all.filter((message) => message.ts > announced && message.user !== store.screen.me);
  announced = all.at(-1)?.ts || announced || "0";
  if (fresh.length) at("live").textContent = fresh.slice(-3).map((message) => `${nameOf(message.user)}: ${message.text.slice(0, 300)}`).join(". ");
}

addEventListener("person", () => {
  announced = null;
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
