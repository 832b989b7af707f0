// Files of a message: images, the first lines of texts, names of others.

import { el, icon, picture } from "./dom.js";

/** A file size for people. */
export const sizeOf = (bytes) => {
  if (bytes < 1024) return `${bytes || 0} bytes`;
  return bytes < 1024 ** 2 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
};

/** The files of a message, or none. */
export const drawFiles = (files) => (files || []).map(drawn);

function drawn(file) {
  if (file.gone) return el("p", { class: "small file-gone" }, icon("file"), file.name);
  const caption = el("figcaption", {}, icon("file"), el("b", {}, file.name), el("span", { class: "small" }, sizeOf(file.size)));
  if (file.picture) return el("figure", { class: "file picture" }, caption, picture(file.picture, file.name));
  return el("figure", { class: "file" }, caption, file.preview ? el("pre", {}, file.preview) : null);
}
