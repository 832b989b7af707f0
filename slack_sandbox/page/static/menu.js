// Menus beside a button: of messages, selects and samples; by mouse, touch and keyboard.

import { el, icon } from "./dom.js";
import { PHONE } from "./store.js";

let open = null;

/** Close the menu that is open, if one is. */
export function closeMenu({ focus = true } = {}) {
  if (!open) return;
  const { menu, anchor } = open;
  open = null;
  menu.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (focus) anchor.focus();
}

/** Whether a menu is open. */
export const menuIsOpen = () => open !== null;

/**
 * Open a menu under a button, or close it where it is open.
 * entries: {label, hint, title, chosen, danger, run}, or null for a line between them; `title`: of the group below which it is; role "menu" or "listbox".
 */
export function openMenu(anchor, entries, { role = "menu", label = "" } = {}) {
  const again = open?.anchor === anchor;
  closeMenu({ focus: again });
  if (again) return;
  const items = grouped(entries).map(({ title, listed }) => group(title, listed, role));
  const menu = el("div", { class: "menu", role, "aria-label": label, onkeydown: (event) => keys(event, menu) }, items);
  // beside its button for those who hear the page; everything outside an open dialog is inert
  (anchor.closest("dialog, #pane, #middle") || document.body).append(menu);
  open = { menu, anchor };
  anchor.setAttribute("aria-expanded", "true");
  // on a phone a sheet at the bottom, see frame.css
  if (!PHONE.matches) beside(menu, anchor);
  const first = menu.querySelector("[aria-selected=true]") || menu.querySelector("button");
  // a menu that scrolls must have something in the order of tabs (axe: scrollable-region-focusable)
  first?.setAttribute("tabindex", "0");
  first?.focus();
}

/** Entries in a row that are below one title, together. */
function grouped(entries) {
  const groups = [];
  for (const entry of entries) {
    const title = entry?.title || "";
    if (groups.at(-1)?.title !== title) groups.push({ title, listed: [] });
    groups.at(-1).listed.push(entry);
  }
  return groups;
}

function group(title, listed, role) {
  const items = listed.map((entry) => (entry ? item(entry, role) : el("hr")));
  if (!title) return items;
  return el("div", { role: "group", "aria-label": title }, el("div", { class: "title", "aria-hidden": "true" }, title), items);
}

function item(entry, role) {
  const listbox = role === "listbox";
  const pick = () => {
    closeMenu();
    entry.run();
  };
  return el(
    "button",
    {
      type: "button",
      role: listbox ? "option" : "menuitem",
      tabindex: -1,
      class: entry.danger ? "danger" : null,
      "aria-selected": listbox ? String(Boolean(entry.chosen)) : null,
      onclick: pick,
    },
    el("span", { class: "label" }, entry.label),
    entry.hint ? el("span", { class: "hint" }, entry.hint) : null,
    listbox && entry.chosen ? icon("check") : null,
  );
}

/** Position it under the anchor, or above it if there is more room, within the window. */
export function beside(menu, anchor) {
  const at = anchor.getBoundingClientRect(), gap = 4, edge = 8;
  const below = innerHeight - at.bottom - edge, above = at.top - edge;
  const up = menu.offsetHeight > below && above > below;
  menu.style.maxHeight = `${Math.max(120, Math.min(420, (up ? above : below) - gap))}px`;
  menu.style.minWidth = `${Math.min(at.width, 360)}px`;
  const top = up ? at.top - menu.offsetHeight - gap : at.bottom + gap;
  menu.style.top = `${Math.max(edge, Math.min(top, innerHeight - menu.offsetHeight - edge))}px`;
  menu.style.left = `${Math.max(edge, Math.min(at.left, innerWidth - menu.offsetWidth - edge))}px`;
}

function keys(event, menu) {
  const items = [...menu.querySelectorAll("button")], now = items.indexOf(document.activeElement);
  const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) items.at(to % items.length)?.focus();
  else if (event.key === "Escape") closeMenu();
  else if (event.key === "Tab") closeMenu();
  else if (event.key.length === 1 && event.key !== " ") {
    const wanted = event.key.toLowerCase(), order = [...items.slice(now + 1), ...items.slice(0, now + 1)];
    order.find((found) => found.textContent.toLowerCase().startsWith(wanted))?.focus();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

addEventListener("pointerdown", (event) => {
  if (open && !open.menu.contains(event.target) && !open.anchor.contains(event.target)) closeMenu({ focus: false });
}, true);
addEventListener("resize", () => closeMenu({ focus: false }));
