// Files: of a message, and chosen for one or for a form.

import { el, icon, iconButton, picture } from "./dom.js";

export const MAX_FILE_BYTES = 5000000; // of all files of a message or of a field

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

/** A chosen file with a button that removes it. */
export function chip(file, drop) {
  return el("span", { class: "chip" }, icon("file"), file.name, el("span", { class: "small" }, sizeOf(file.size)), iconButton("close", `Remove ${file.name}`, drop));
}

/** A file as it is sent: texts as text, others as base64. */
export async function carried(file) {
  const made = { name: file.name, mimetype: file.type || "text/plain", size: file.size };
  if (/^text\/|json|xml/.test(made.mimetype)) return { ...made, content: await file.text() };
  const data = await new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(file);
  });
  return { ...made, base64: data.slice(data.indexOf(",") + 1) };
}
