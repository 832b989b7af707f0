// The entry point: the stream from the server, drawing on every change, global keys.

import { announceNew, startOver } from "./announce.js";
import { colour, drawNotices, drawSide, drawTop } from "./frame.js";
import { drawModal } from "./modal.js";
import { closeMenu, menuIsOpen } from "./menu.js";
import { drawMiddle, drawPane } from "./panes.js";
import { closeThread, drawScreen, skipToMain } from "./screens.js";
import { changed, go, here, onChange, store } from "./store.js";

const at = (id) => document.getElementById(id);
store.began = String(Date.now() / 1000);
let stream = null;
let version = "";

colour();

function connect() {
  stream?.close();
  stream = new EventSource(`/events?as=${encodeURIComponent(store.place.as)}`);
  stream.addEventListener("hello", (event) => {
    store.hello = JSON.parse(event.data);
    // the server has other files than this page: reload
    if (version && version !== store.hello.version) location.reload();
    version = store.hello.version;
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
  drawScreen();
  drawModal();
  announceNew();
  document.title = `${here()?.name || store.hello.bot.name} · ${store.hello.workspace}`;
});

addEventListener("person", () => {
  startOver();
  connect();
});

addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (menuIsOpen()) closeMenu();
  else if (store.place.panel) go({ panel: "" });
  else if (store.place.thread) closeThread();
});

// the address after the # is what is open: the link must not change it
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  skipToMain();
});

connect();
