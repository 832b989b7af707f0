// The person's stack of modals, the top one visible. Typed text is kept when the app updates the view.

import { drawBlocks, words } from "./blocks.js";
import { el, iconButton, refocus } from "./dom.js";
import { avatar } from "./people.js";
import { act, store } from "./store.js";

let shown = null; // {dialog, id, sign, inputs}
const drafts = new Map(); // view id -> block id -> what was typed

/** Show the top of the stack. */
export function drawModal() {
  const stack = store.screen.modals, view = stack.at(-1);
  for (const id of drafts.keys()) if (!stack.some((one) => one.id === id)) drafts.delete(id);
  const sign = view ? JSON.stringify([view.id, view.hash, view.chosen, stack.length, store.screen.me]) : "";
  if (sign === (shown?.sign || "")) return;
  if (shown) keep();
  if (!view) return hide();
  const focused = shown?.dialog.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const dialog = shown?.dialog || frame();
  const same = shown?.id === view.id;
  shown = { dialog, id: view.id, sign, inputs: new Map() };
  dialog.replaceChildren(...content(view, stack), ...dialog.querySelectorAll("#toasts"));
  if (!dialog.open) dialog.showModal();
  if (same && focused) refocus(dialog, focused);
  else (dialog.querySelector("[autofocus]") || dialog.querySelector(".modal-body :is(input, textarea)") || dialog.querySelector("footer button"))?.focus();
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
  shown = null;
}

function keep() {
  const kept = drafts.get(shown.id) || new Map();
  for (const [block, input] of shown.inputs) kept.set(block, input.read());
  drafts.set(shown.id, kept);
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
  const body = el("div", { class: "modal-body" }, failure, drawBlocks(view.blocks, at));
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
