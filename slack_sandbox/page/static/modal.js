// The person's stack of modals, the top one visible. Typed text is kept when the app updates the view.

import { drawBlocks, words } from "./blocks.js";
import { el, iconButton } from "./dom.js";
import { focusAgain, focusIn } from "./focus.js";
import { avatar } from "./people.js";
import { act, store } from "./store.js";

let shown = null; // {dialog, opener, id, sign, inputs}
const drafts = new Map(); // view id -> block id -> what was typed
const left = new Map(); // view id -> what had the focus, and how far it was scrolled

/** Show the top of the stack. */
export function drawModal() {
  const stack = store.screen.modals, view = stack.at(-1);
  for (const kept of [drafts, left]) for (const id of kept.keys()) if (!stack.some((one) => one.id === id)) kept.delete(id);
  const sign = view ? JSON.stringify([view.id, view.hash, view.chosen, stack.length, store.screen.me]) : "";
  if (sign === (shown?.sign || "")) return;
  if (shown) keep();
  if (!view) return hide();
  const opener = shown ? shown.opener : openerOf(), dialog = shown?.dialog || frame();
  shown = { dialog, opener, id: view.id, sign, inputs: new Map() };
  dialog.replaceChildren(...content(view, stack), ...dialog.querySelectorAll("#toasts"));
  if (!dialog.open) dialog.showModal();
  const was = left.get(view.id);
  if (was) dialog.querySelector(".modal-body").scrollTop = was.top;
  focusAgain(dialog, was?.had);
  if (!was || !dialog.contains(document.activeElement)) begin(dialog);
}

/** Focus the field to begin with; on a touch screen, where the keyboard would hide the form, and without a field, the beginning. */
function begin(dialog) {
  const field = matchMedia("(hover: hover)").matches ? dialog.querySelector(".modal-body :is(input, textarea)") : null;
  (dialog.querySelector("[autofocus]") || field || dialog.querySelector(".modal-body")).focus();
}

/** Where the focus goes when the modal is closed. */
function openerOf() {
  const place = document.activeElement.closest("#pane, #middle");
  return place && { place, had: focusIn(place) };
}

function frame() {
  const cancel = (event) => {
    event.preventDefault();
    close();
  };
  const made = el("dialog", { class: "modal", "aria-labelledby": "modal-title", oncancel: cancel });
  document.body.append(made);
  return made;
}

function hide() {
  shown.dialog.close();
  document.body.append(...shown.dialog.querySelectorAll("#toasts"));
  shown.dialog.remove();
  // the message of the opener may have been drawn again meanwhile
  if (shown.opener) focusAgain(shown.opener.place, shown.opener.had);
  shown = null;
}

function keep() {
  const kept = drafts.get(shown.id) || new Map();
  for (const [block, input] of shown.inputs) kept.set(block, input.read());
  drafts.set(shown.id, kept);
  left.set(shown.id, { had: focusIn(shown.dialog), top: shown.dialog.querySelector(".modal-body").scrollTop });
}

function content(view, stack) {
  const at = { where: { view: view.id }, chosen: view.chosen, drafts: drafts.get(view.id), inputs: shown.inputs };
  const submit = view.submit ? el("button", { type: "submit", class: "button primary" }, words(view.submit)) : null;
  const under = stack.length > 1;
  const head = el(
    "header",
    {},
    under ? iconButton("back", "Back", close) : avatar(store.hello.bot.id, "small"),
    el("h2", { id: "modal-title" }, words(view.title)),
    iconButton("close", "Close", close, { "data-key": "modal-close" }),
  );
  const feet = el("footer", {}, el("button", { type: "button", class: "button", onclick: close, "data-key": "modal-cancel" }, view.close ? words(view.close) : "Close"), submit);
  const failure = el("div", { class: "failure", role: "alert", hidden: true });
  const send = (event) => {
    event.preventDefault();
    sent(view, submit, failure);
  };
  const body = el("div", { class: "modal-body", role: "document", tabindex: 0, "aria-labelledby": "modal-title", "data-key": "modal-body" }, failure, drawBlocks(view.blocks, at));
  return [el("form", { novalidate: true, onsubmit: send }, head, body, feet)];
}

async function sent(view, submit, failure) {
  if (!submit || submit.getAttribute("aria-busy") === "true") return;
  const inputs = shown.inputs, answers = {}, errors = {};
  for (const [block, input] of inputs) {
    const value = input.read();
    if (value !== undefined) answers[block] = value;
    if (!input.optional && (value === null || (Array.isArray(value) && !value.length))) errors[block] = "Please complete this required field.";
  }
  failure.hidden = true;
  if (Object.keys(errors).length) return fail(inputs, errors);
  submit.setAttribute("aria-busy", "true");
  const answer = await act("submit", { view: view.id, answers }, (words) => {
    failure.textContent = words;
    failure.hidden = false;
  });
  submit.removeAttribute("aria-busy");
  fail(inputs, answer.errors || {});
}

function fail(inputs, errors) {
  for (const [block, input] of inputs) input.fail(errors[block] || "");
  const first = [...inputs.entries()].find(([block]) => errors[block]);
  first?.[1].focus.focus();
  first?.[1].focus.closest(".block")?.scrollIntoView({ block: "nearest" });
}

function close() {
  if (shown) act("close", { view: shown.id });
}
