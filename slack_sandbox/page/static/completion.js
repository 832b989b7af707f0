// Completion of @names and /commands while somebody types.

import { el } from "./dom.js";
import { avatar } from "./people.js";
import { here, store } from "./store.js";

/** The list above one text field. */
export class Completion {
  constructor(field, place) {
    this.field = field;
    this.place = place;
    this.id = `${field.id}-offers`;
    this.node = el("div", { class: "offers menu", role: "listbox", id: this.id, "aria-label": "Suggestions", hidden: true });
    this.offers = [];
    field.setAttribute("aria-autocomplete", "list");
    field.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  /** Offer completions of the text before the cursor. */
  look() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    const name = before.match(/(?:^|\s)@([^\s@]*(?: [^\s@]*)?)$/), command = before.match(/^\/(\S*)$/);
    if (!store.screen || document.activeElement !== this.field) this.offers = [];
    else if (command && !this.place().thread) this.offers = commands(command[0]);
    else this.offers = name ? names(name[1]) : [];
    this.chosen = 0;
    this.draw();
  }

  draw() {
    this.node.hidden = !this.offers.length;
    this.node.replaceChildren(
      ...this.offers.map((offer, index) =>
        el("div", { role: "option", id: `${this.id}-${index}`, class: "offer", "aria-selected": String(index === this.chosen), onpointerdown: (event) => event.preventDefault() || this.take(index) }, offer.node(), el("b", {}, offer.label), el("span", { class: "hint" }, offer.hint)),
      ),
    );
    if (!this.offers.length) return ["aria-controls", "aria-activedescendant"].forEach((name) => this.field.removeAttribute(name));
    this.field.setAttribute("aria-controls", this.id);
    this.field.setAttribute("aria-activedescendant", `${this.id}-${this.chosen}`);
  }

  /** Whether the list used the key. */
  keys(event) {
    if (!this.offers.length || event.isComposing) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.chosen = (this.chosen + step + this.offers.length) % this.offers.length;
      this.draw();
    } else if (event.key === "Enter" || event.key === "Tab") this.take(this.chosen);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  take(index) {
    const { typed, text } = this.offers[index], end = this.field.selectionStart;
    this.field.setRangeText(`${text} `, end - typed.length, end, "end");
    this.offers = [];
    this.field.dispatchEvent(new Event("input"));
  }

  close() {
    this.offers = [];
    this.draw();
  }
}

function names(typed) {
  const members = here()?.members || [];
  const listed = [store.hello.bot.id, ...members.filter((id) => id !== store.hello.bot.id && id !== store.screen.me)];
  const wanted = typed.toLowerCase();
  return listed
    .map((id) => ({ id, name: store.screen.users[id] }))
    .filter(({ name }) => name && name.toLowerCase().startsWith(wanted) && name.toLowerCase() !== wanted)
    .map(({ id, name }) => ({ typed: `@${typed}`, text: `@${name}`, label: name, hint: id === store.hello.bot.id ? "App" : "", node: () => avatar(id, "tiny") }));
}

function commands(typed) {
  return store.hello.commands
    .filter((name) => name.startsWith(typed) && name !== typed)
    .map((name) => ({ typed, text: name, label: name, hint: store.hello.bot.name, node: () => avatar(store.hello.bot.id, "tiny") }));
}
