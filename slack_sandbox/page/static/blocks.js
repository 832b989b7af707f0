// Block Kit as nodes. `at` is {where, chosen, inputs}; `where` names the message or view of a click.
// A message also has `typed`, see inputs.js; `level` is the level of its headings, 3 if there is none.

import { el, icon, link, picture } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { inputBlock, selectButton } from "./inputs.js";
import { openMenu } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { act } from "./store.js";

/** All blocks of a message, a modal or a Home tab. */
export function drawBlocks(blocks, at) {
  return blocks.map((block) => {
    const draw = BLOCKS[block.type];
    return draw ? el("div", { class: `block b-${block.type}` }, draw(block, at)) : unknown(block.type);
  });
}

/** A text object as nodes. */
export function words(text) {
  if (!text) return [];
  return text.type === "mrkdwn" ? mrkdwn(text.text) : [text.emoji === false ? text.text : withEmoji(text.text)];
}

const unknown = (type) => el("div", { class: "block placeholder" }, `This page can't show a block of type ${type}.`);

const BLOCKS = {
  header: (block, at) => el(`h${at.level || 3}`, {}, words(block.text)),
  divider: () => el("hr"),
  section(block, at) {
    const text = block.text ? el("div", { class: "text" }, words(block.text)) : null;
    const fields = block.fields?.map((field) => el("div", { class: "text" }, words(field)));
    const body = el("div", { class: "section-body" }, text, fields ? el("div", { class: "fields" }, fields) : null);
    return [body, block.accessory ? el("div", { class: "accessory" }, element(block.accessory, block, at)) : null];
  },
  context: (block) => block.elements.map((part) => (part.type === "image" ? image(part) : el("div", { class: "text" }, words(part)))),
  rich_text: (block) => el("div", { class: "text rich" }, richText(block)),
  actions: (block, at) => block.elements.map((part) => element(part, block, at)),
  context_actions: (block, at) => block.elements.map((part) => element(part, block, at)),
  image: (block) => [block.title ? el("div", { class: "small" }, words(block.title)) : null, image(block)],
  markdown: (block) => el("div", { class: "text" }, block.text),
  input: (block, at) => inputBlock(block, at),
};

// Images are not fetched: nothing here leaves the machine. Files of the workspace are here already.
function image(block) {
  const file = block.slack_file && /F[0-9A-Z]+/.exec(block.slack_file.id || block.slack_file.url);
  if (file) return picture(`/files/${file[0]}`, block.alt_text);
  return el("span", { class: "image", role: "img", "aria-label": block.alt_text || "" }, icon("file"), block.alt_text || "picture");
}

function element(part, block, at) {
  switch (part.type) {
    case "button":
    case "workflow_button":
      return button(part, block, at);
    case "overflow":
      return overflow(part, block, at);
    case "feedback_buttons":
      return feedback(part, block, at);
    case "icon_button":
      return button({ ...part, value: part.value }, block, at);
    case "image":
      return image(part);
    default:
      return chooser(part, block, at);
  }
}

/** Use an element; it is disabled until the click was delivered. */
async function use(control, part, block, at, value) {
  if (control.getAttribute("aria-busy") === "true") return;
  if (part.confirm && !confirm(`${part.confirm.title?.text || ""}\n\n${part.confirm.text?.text || ""}`)) return;
  control.setAttribute("aria-busy", "true");
  try {
    await act("click", { ...at.where, block: block.block_id, action: part.action_id, value, ...typed(at) });
  } finally {
    control.removeAttribute("aria-busy");
  }
}

/** What is typed in the inputs of the message or view that is clicked. */
function typed(at) {
  if (!at.inputs) return {};
  const read = [...at.inputs].map(([block, input]) => [block, input.read()]);
  return { typed: Object.fromEntries(read.filter(([, value]) => value !== undefined)) };
}

function button(part, block, at) {
  const label = words(part.text);
  const props = { class: `button ${part.style || ""}`, "aria-label": part.accessibility_label, "data-key": `${block.block_id}/${part.action_id}` };
  if (part.url) {
    const made = link(part.url, ...label);
    made.className = props.class;
    made.addEventListener("click", () => use(made, part, block, at, part.value ?? null));
    return made;
  }
  const made = el("button", { type: "button", ...props, onclick: () => use(made, part, block, at, part.value ?? null) }, label);
  return made;
}

function feedback(part, block, at) {
  const sides = [["positive_button", "up", ""], ["negative_button", "up", "flip"]].map(([side, name, kind]) => {
    const given = part[side];
    const label = given.accessibility_label || given.text.text;
    const made = el(
      "button",
      {
        type: "button",
        class: "thumb",
        "aria-label": label,
        "data-tip": label,
        "data-key": `${block.block_id}/${part.action_id}/${side}`,
        onclick: async () => {
          await use(made, part, block, at, given.value);
          sides.forEach((one) => one.setAttribute("aria-pressed", String(one === made)));
        },
      },
      icon(name, kind),
    );
    return made;
  });
  return sides;
}

function overflow(part, block, at) {
  const made = el(
    "button",
    { type: "button", class: "button square", "aria-label": "More options", "aria-haspopup": "menu", "aria-expanded": "false", "data-key": `${block.block_id}/${part.action_id}` },
    icon("more"),
  );
  const entries = part.options.map((option) => ({
    label: withEmoji(option.text.text),
    hint: option.description?.text,
    run: () => use(made, part, block, at, option.value),
  }));
  made.addEventListener("click", () => openMenu(made, entries, { label: "More options" }));
  return made;
}

/** A menu, date or set of boxes outside a form: each choice is sent at once. */
function chooser(part, block, at) {
  const kept = at.chosen?.[block.block_id]?.[part.action_id];
  const made = selectButton(part, kept, (value, control) => use(control, part, block, at, value));
  made.dataset.key = `${block.block_id}/${part.action_id}`;
  return made;
}
