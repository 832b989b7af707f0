// Inputs of forms and messages, and menus that are sent at once. Their values are in `at.inputs`.

import { el, icon } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { carried, chip, MAX_FILE_BYTES } from "./files.js";
import { openMenu } from "./menu.js";
import { store, toast } from "./store.js";

const TYPES = { email_text_input: "email", url_text_input: "url", number_input: "text", datepicker: "date", timepicker: "time" };
const INITIAL = { datepicker: "initial_date", timepicker: "initial_time" };

/**
 * An input block with label, hint and error. `at.inputs` maps block_id to {read, block, node, fail};
 * `at.typed`, of a message, block_id to what was typed; `at.prefix` tells two drawings of it apart.
 */
export function inputBlock(block, at) {
  const id = `in-${at.prefix || ""}${block.block_id}`, part = block.element;
  const kept = (at.typed || at.drafts)?.get(block.block_id);
  const error = el("div", { class: "error", id: `${id}-error`, hidden: true });
  const described = [block.hint ? `${id}-hint` : "", error.id].filter(Boolean).join(" ");
  const group = part.type === "radio_buttons" || part.type === "checkboxes";
  const made = (DRAW[part.type] || other)(part, { id, kept, described, label: block.label.text });
  const label = el(group ? "div" : "label", { class: "label", id: `${id}-label`, for: group ? null : id }, withEmoji(block.label.text), block.optional ? el("span", { class: "optional" }, " (optional)") : null);
  const hint = block.hint ? el("div", { class: "hint", id: `${id}-hint` }, withEmoji(block.hint.text)) : null;
  const fail = (words) => {
    error.replaceChildren(...(words ? [icon("warn"), words] : []));
    error.hidden = !words;
    made.focus.setAttribute("aria-invalid", String(Boolean(words)));
  };
  made.node.addEventListener("input", () => {
    fail("");
    at.typed?.set(block.block_id, made.read());
  });
  at.inputs?.set(block.block_id, { read: made.read, optional: block.optional, focus: made.focus, fail });
  return [label, made.node, hint, error];
}

const DRAW = {
  plain_text_input: text,
  email_text_input: text,
  url_text_input: text,
  number_input: text,
  datepicker: text,
  timepicker: text,
  radio_buttons: boxes,
  checkboxes: boxes,
  static_select: select,
  external_select: select,
  users_select: select,
  file_input: files,
};

function other(part) {
  const node = el("div", { class: "placeholder", tabindex: -1 }, `This page can't show an input of type ${part.type}.`);
  return { node, focus: node, read: () => undefined };
}

function text(part, { id, kept, described }) {
  const most = part.max_length || (part.type === "plain_text_input" ? 3000 : null);
  const props = { id, "aria-describedby": described, placeholder: part.placeholder?.text, maxlength: most, "data-key": id, autocomplete: "off", spellcheck: "false" };
  const field = part.multiline ? el("textarea", { ...props, rows: 4 }) : el("input", { ...props, type: TYPES[part.type] || "text" });
  field.value = kept ?? part[INITIAL[part.type] || "initial_value"] ?? "";
  if (part.focus_on_load) field.setAttribute("autofocus", "");
  const count = el("span", { class: "count", "aria-hidden": "true" });
  const tell = () => {
    const left = most - field.value.length;
    count.textContent = most && left <= Math.max(20, most / 10) ? String(left) : "";
  };
  field.addEventListener("input", tell);
  tell();
  return { node: el("div", { class: "field" }, field, count), focus: field, read: () => field.value || null };
}

function files(part, { id, kept, described }) {
  const chosen = [...(kept || [])], most = part.max_files || 10;
  const listed = el("div", { class: "attached" });
  const types = part.filetypes?.map((type) => `.${type}`).join(",");
  const picker = el("input", { type: "file", multiple: most > 1, accept: types, class: "unseen", tabindex: -1, "aria-hidden": "true" });
  const add = el("button", { type: "button", class: "button", id, "data-key": id, "aria-labelledby": `${id}-label ${id}`, "aria-describedby": described, onclick: () => picker.click() }, icon("clip"), "Add files");
  const node = el("div", {}, add, picker, listed);
  const show = () => {
    listed.replaceChildren(...chosen.map((file, index) => chip(file, () => show(chosen.splice(index, 1)))));
    add.hidden = chosen.length >= most;
  };
  picker.addEventListener("change", async () => {
    let size = chosen.reduce((sum, file) => sum + file.size, 0);
    for (const file of [...picker.files].slice(0, most - chosen.length)) {
      size += file.size;
      if (size > MAX_FILE_BYTES) {
        toast(`${file.name} is too large: a field can have 5 MB of files here.`);
        break;
      }
      chosen.push(await carried(file));
    }
    picker.value = "";
    show();
    node.dispatchEvent(new Event("input", { bubbles: true }));
  });
  show();
  return { node, focus: add, read: () => [...chosen] };
}

function boxes(part, { id, kept, described }) {
  const single = part.type === "radio_buttons";
  const first = single ? [part.initial_option?.value] : (part.initial_options || []).map((option) => option.value);
  const chosen = kept === undefined ? first : [kept].flat();
  const rows = part.options.map((option, index) => {
    const field = el("input", { type: single ? "radio" : "checkbox", name: id, id: `${id}-${index}`, "data-key": `${id}-${index}` });
    field.checked = chosen.includes(option.value);
    return { option, field, node: el("label", { class: "choice", for: field.id }, field, el("span", {}, withEmoji(option.text.text), option.description ? el("span", { class: "hint" }, option.description.text) : null)) };
  });
  const picked = () => rows.filter((row) => row.field.checked).map((row) => row.option.value);
  const node = el("div", { class: "choices", role: single ? "radiogroup" : "group", "aria-labelledby": `${id}-label`, "aria-describedby": described }, rows.map((row) => row.node));
  return { node, focus: rows[0].field, read: () => (single ? picked()[0] || null : picked()) };
}

function select(part, { id, kept, described }) {
  let value = kept === undefined ? (part.initial_option?.value ?? part.initial_user ?? null) : kept;
  const node = selectButton(part, { selected_option: options(part).find((option) => option.value === value) }, (picked) => {
    value = picked;
    node.dispatchEvent(new Event("input", { bubbles: true }));
  });
  node.id = id;
  node.dataset.key = id;
  node.setAttribute("aria-labelledby", `${id}-label ${id}`);
  node.setAttribute("aria-describedby", described);
  const wrap = el("div", { class: "field" }, node);
  return { node: wrap, focus: node, read: () => value };
}

function options(part) {
  if (part.type === "users_select") {
    return Object.entries(store.screen.users).map(([value, name]) => ({ value, text: { text: name } }));
  }
  const below = (part.option_groups || []).map((group) => group.options.map((option) => ({ ...option, title: group.label.text })));
  return [...(part.options || []), ...below.flat()];
}

/** A menu of options behind a button that shows the choice. */
export function selectButton(part, kept, picked) {
  const now = el("span", { class: "now" });
  let chosen = kept?.selected_option || part.initial_option || null;
  const show = () => {
    now.textContent = withEmoji(chosen ? chosen.text.text : part.placeholder?.text || "Select an option");
    now.classList.toggle("empty", !chosen);
    // outside a form no label says what is chosen
    if (part.placeholder && chosen) made.setAttribute("aria-label", `${part.placeholder.text}: ${now.textContent}`);
  };
  const made = el("button", { type: "button", class: "select", "aria-haspopup": "listbox", "aria-expanded": "false" }, now, icon("down"));
  made.addEventListener("click", () => {
    const entries = options(part).map((option) => ({
      label: withEmoji(option.text.text),
      title: withEmoji(option.title || ""),
      hint: option.description?.text,
      chosen: option.value === chosen?.value,
      run() {
        chosen = option;
        show();
        picked(option.value, made);
      },
    }));
    openMenu(made, entries, { role: "listbox", label: part.placeholder?.text || "Options" });
  });
  show();
  return made;
}
