// The message box: many lines, completion, files, samples.

import { el, icon, iconButton } from "./dom.js";
import { carried, chip, MAX_FILE_BYTES } from "./files.js";
import { openMenu } from "./menu.js";
import { act, changesPerson, nameOf, store, toast } from "./store.js";
import { Completion } from "./completion.js";

const MAX_PASTED = 4000; // characters; Slack's composer makes a snippet of a longer paste

/** One message box; `set()` sets its channel or thread, and whether the app always answers there. */
export class Composer {
  constructor(id) {
    this.files = [];
    this.at = {};
    this.field = el("textarea", { id, rows: 1, "aria-multiline": "true", autocomplete: "off", spellcheck: "false", enterkeyhint: "send", oninput: () => this.changed(), onkeydown: (event) => this.keys(event), onpaste: (event) => this.pasted(event) });
    this.completion = new Completion(this.field, () => this.at);
    this.listed = el("div", { class: "attached" });
    this.picker = el("input", { type: "file", multiple: true, class: "unseen", tabindex: -1, "aria-hidden": "true", onchange: () => this.attach([...this.picker.files]) });
    this.send = el("button", { type: "button", class: "send", "aria-label": "Send now", "data-tip": "Send now", onclick: () => this.go() }, icon("send"));
    this.samples = el("button", { type: "button", class: "samples", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => this.offer() }, icon("sample"), "Sample pastes");
    this.node = el("div", { class: "composer" }, this.completion.node, el("div", { class: "box", ondragover: (event) => event.preventDefault(), ondrop: (event) => this.dropped(event) }, this.field, this.listed, this.bar()));
  }

  bar() {
    return el(
      "div",
      { class: "bar" },
      iconButton("clip", "Attach a file", () => this.picker.click()),
      iconButton("at", "Mention somebody", () => this.insert("@")),
      this.samples,
      this.picker,
      el("span", { class: "gap" }),
      el("span", { class: "keys small" }, "Shift + Enter for a new line"),
      this.send,
    );
  }

  /** Write to this channel, or thread. */
  set({ channel, thread, placeholder, archived, always = false }) {
    const key = `${store.screen.me}/${channel}/${thread || ""}`;
    if (key !== this.key) {
      this.key = key;
      this.files = [];
      this.field.value = store.drafts.get(key) || "";
      this.changed();
    }
    this.at = { channel, thread };
    this.always = always;
    this.field.placeholder = placeholder;
    this.field.setAttribute("aria-label", placeholder);
    // what is typed now would stay behind, as a draft of the person before
    this.field.disabled = archived || changesPerson();
    this.samples.hidden = !store.hello.samples.length;
  }

  changed() {
    if (this.field.value) store.drafts.set(this.key, this.field.value);
    else store.drafts.delete(this.key);
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, innerHeight * 0.4)}px`;
    this.send.disabled = !this.field.value.trim() && !this.files.length;
    this.listed.replaceChildren(...this.files.map((file, index) => chip(file, () => this.drop(index))));
    this.completion.look();
  }

  drop(index) {
    this.files.splice(index, 1);
    this.changed();
  }

  keys(event) {
    if (this.completion.keys(event)) return;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.go();
  }

  insert(text) {
    this.field.focus();
    this.field.setRangeText(text, this.field.selectionStart, this.field.selectionEnd, "end");
    this.changed();
  }

  dropped(event) {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    this.attach([...event.dataTransfer.files]);
  }

  /** A pasted image becomes a file, and so does a text that is too long for a message. */
  pasted(event) {
    const files = [...event.clipboardData.files], text = event.clipboardData.getData("text/plain");
    if (!files.length && text.length <= MAX_PASTED) return;
    event.preventDefault();
    this.attach(files.length ? files : [new File([text], "Untitled", { type: "text/plain" })]);
  }

  async attach(files) {
    let size = this.files.reduce((sum, file) => sum + file.size, 0);
    for (const file of files.slice(0, 5)) {
      size += file.size;
      if (size > MAX_FILE_BYTES) {
        toast(`${file.name} is too large: a message can have 5 MB of files here.`);
        break;
      }
      this.files.push(await carried(file));
    }
    this.files = this.files.slice(0, 5);
    this.picker.value = "";
    this.changed();
    this.field.focus();
  }

  offer() {
    const entries = store.hello.samples.map((sample) => ({
      label: sample.label,
      hint: sample.silent && !this.always ? "silence is right" : null,
      run: () => this.fill(sample),
    }));
    openMenu(this.samples, entries, { label: "Sample pastes" });
  }

  /** Put a text, and a file, into the box, ready to send. */
  fill({ text, file = null, files = file ? [file] : [] }) {
    this.field.value = text;
    this.files = files;
    this.changed();
    this.field.focus();
  }

  async go() {
    const text = this.field.value, { files, key } = this;
    if (!text.trim() && !files.length) return;
    this.completion.close();
    this.files = [];
    this.field.value = "";
    this.changed();
    const answer = await act("say", { ...this.at, text: text.trim(), files });
    // a command that the bot failed to answer is not typed again
    if (answer.ok || !answer.refused || this.field.value || this.key !== key) return;
    this.fill({ text, files });
  }
}

/** The placeholder of an empty box. */
export function placeholder(channel, thread) {
  if (thread) return "Reply…";
  return channel.kind === "im" ? `Message ${nameOf(store.hello.bot.id)}` : `Message #${channel.name}`;
}
