// JSON as a tree that folds; the inside is made when it is unfolded.

import { el } from "./dom.js";

/** A value as a tree; the outermost level is open. */
export function tree(value, name = "", open = true) {
  if (value === null || typeof value !== "object") return el("div", { class: "leaf" }, key(name), leaf(value));
  const entries = Array.isArray(value) ? value.map((item, index) => [index, item]) : Object.entries(value);
  if (!entries.length) return el("div", { class: "leaf" }, key(name), Array.isArray(value) ? "[]" : "{}");
  const inside = el("div", { class: "inside" });
  const fill = () => {
    if (made.open && !inside.childNodes.length) inside.append(...entries.map(([label, item]) => tree(item, label, false)));
  };
  const brief = Array.isArray(value) ? `[${entries.length}]` : value.type && typeof value.type === "string" ? `{ ${value.type} }` : "{…}";
  const made = el("details", { ontoggle: fill }, el("summary", {}, key(name), el("span", { class: "brief" }, brief)), inside);
  made.open = open;
  fill();
  return made;
}

const key = (name) => (name === "" ? null : el("span", { class: "key" }, `${name}: `));

function leaf(value) {
  return el("span", { class: `value ${value === null ? "null" : typeof value}` }, JSON.stringify(value));
}
