// Avatars: initials on a colour of one's own.

import { el } from "./dom.js";
import { nameOf, store } from "./store.js";

/** The avatar beside a name. */
export function avatar(user, size = "") {
  const name = nameOf(user);
  const initials = name.split(/\s+/).slice(0, 2).map((word) => word[0]).join("").toUpperCase();
  const shade = user === store.hello.bot.id ? "app" : `shade-${shade_of(name)}`;
  return el("span", { class: `avatar ${size} ${shade}`, "aria-hidden": "true" }, initials);
}

function shade_of(name) {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 997;
  return sum % 6;
}

/** Whether this is the app itself. */
export const isBot = (user) => user === store.hello.bot.id;
