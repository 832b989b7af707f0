// Making elements. Text from people and from the bot becomes text nodes, never markup.

import { focusAgain, focusIn } from "./focus.js";

const SVG = "http://www.w3.org/2000/svg";

/** The address of a link if it may be opened (http and https), else null. */
export function safeUrl(url) {
  try {
    const parsed = new URL(url);
    return parsed.protocol === "http:" || parsed.protocol === "https:" ? parsed.href : null;
  } catch {
    return null;
  }
}

/** An element. `on…` are listeners, true is an empty attribute, null and false are none; children are nodes or texts. */
export function el(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value") made.value = value;
    else if (name === "href" || name === "src") throw new Error(`use link(), not ${name}`);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** A link that opens in a new tab; only its text if the address may not be opened. */
export function link(url, ...children) {
  const safe = safeUrl(url);
  if (!safe) return el("span", {}, ...children);
  const made = el("a", { target: "_blank", rel: "noopener noreferrer" }, ...children);
  made.href = safe;
  return made;
}

/** An image that the page itself serves; no other address. */
export function picture(path, words) {
  const made = el("img", { alt: words, loading: "lazy" });
  if (/^\/files\/\w+$/.test(path)) made.src = path;
  return made;
}

const PATHS = {
  hash: "M10 4 8 20M16 4l-2 16M5 9h15M4 15h15",
  lock: "M7 11V8a5 5 0 0 1 10 0v3M6 11h12v9H6z",
  chat: "M4 5h16v11H11l-5 4v-4H4z",
  more: "M12 5v.01M12 12v.01M12 19v.01",
  close: "m6 6 12 12M18 6 6 18",
  menu: "M4 7h16M4 12h16M4 17h16",
  back: "m14 6-6 6 6 6",
  down: "m6 9 6 6 6-6",
  right: "m9 6 6 6-6 6",
  clip: "m20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.5 3.5 0 0 1 5 5l-8.500 8.500a2 2 0 0 1-3-3L14 7",
  at: "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0zm0-4v5.500a2.500 2.500 0 0 0 5 0V12a9 9 0 1 0-3.500 7",
  send: "M4 12 3 4l18 8-18 8 1-8zm0 0h8",
  sample: "M9 4h6v3H9zM9 5H6v15h12V5h-3M9 12h6M9 16h4",
  pulse: "M3 12h4l3-8 4 16 3-8h4",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.500 1.500M17.500 17.500 19 19M19 5l-1.500 1.500M6.500 17.500 5 19",
  moon: "M20 14a8 8 0 0 1-10-10 8 8 0 1 0 10 10z",
  up: "M7 11v9H4v-9zM7 11l4-8c2 0 3 1.500 2.500 3.500L13 9h5.500a2 2 0 0 1 2 2.500l-1.500 7a2 2 0 0 1-2 1.500H7",
  eye: "M2 12c3-5 6.500-7 10-7s7 2 10 7c-3 5-6.500 7-10 7s-7-2-10-7zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z",
  warn: "M12 4 2.500 20h19zM12 10v4M12 17v.01",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  check: "m5 12 5 5 9-10",
  question: "M9 9a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.200-1.500 2.400M12 18v.01M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z",
};

/** One of the page's own line drawings. */
export function icon(name, kind = "") {
  const made = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  made.setAttribute("viewBox", "0 0 24 24");
  made.setAttribute("class", `icon ${name === "more" ? "dots" : kind}`);
  made.setAttribute("aria-hidden", "true");
  line.setAttribute("d", PATHS[name]);
  made.append(line);
  return made;
}

/** An icon button; its label is its tooltip and for screen readers. */
export function iconButton(name, label, run, props = {}) {
  return el("button", { type: "button", class: "bare", "aria-label": label, "data-tip": label, onclick: run, ...props }, icon(name));
}

/** These nodes as a list; its marks are not drawn, which some browsers take for no list. */
export const listOf = (nodes, kind = "") => el("ul", { class: `plain-list ${kind}`, role: "list" }, nodes.map((node) => el("li", {}, node)));

const filled = new WeakMap();

/** Replace children if they differ, and restore the focus by data-key. */
export function refill(place, ...children) {
  const nodes = children.flat(Infinity).filter(Boolean), sign = nodes.map((node) => node.outerHTML).join("");
  // a button that is replaced between press and release gets no click
  if (filled.get(place) === sign) return;
  filled.set(place, sign);
  const had = focusIn(place);
  place.replaceChildren(...nodes);
  focusAgain(place, had);
}
