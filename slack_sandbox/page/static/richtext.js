// rich_text blocks as nodes. Texts in them are not parsed.

import { dateNode } from "./dates.js";
import { el } from "./dom.js";
import { emoji } from "./emoji.js";
import { group, mention, place, webLink } from "./mrkdwn.js";

/** The nodes of a rich_text block. */
export function richText(block) {
  const made = [];
  for (const element of block.elements || []) {
    const previous = made.at(-1);
    const listed = element.type === "rich_text_list" ? list(element) : null;
    if (listed && element.indent && previous?.matches("ol, ul")) previous.lastElementChild?.append(listed);
    else made.push(listed || part(element));
  }
  return made;
}

function part(element) {
  const runs = (element.elements || []).map(run);
  switch (element.type) {
    case "rich_text_quote":
      return el("blockquote", {}, ...runs);
    case "rich_text_preformatted":
      return el("pre", {}, ...runs);
    default:
      return el("div", { class: "para" }, ...runs);
  }
}

function list(element) {
  const ordered = element.style === "ordered";
  const start = ordered && element.offset ? element.offset + 1 : null;
  const items = (element.elements || []).map((item) => el("li", {}, ...(item.elements || []).map(run)));
  const made = el(ordered ? "ol" : "ul", { start }, ...items);
  made.dataset.indent = (element.indent || 0) % 3;
  return made;
}

function run(element) {
  const style = element.style || {};
  let node = content(element);
  if (style.code) node = el("code", {}, node);
  if (style.bold) node = el("b", {}, node);
  if (style.italic) node = el("i", {}, node);
  if (style.strike) node = el("s", {}, node);
  return node;
}

function content(element) {
  switch (element.type) {
    case "text":
      return document.createTextNode(element.text);
    case "link":
      return webLink(element.url, element.text || element.url);
    case "emoji":
      return document.createTextNode(emoji(element.name) || `:${element.name}:`);
    case "user":
      return mention(element.user_id);
    case "usergroup":
      return group(element.usergroup_id);
    case "channel":
      return place(element.channel_id);
    case "broadcast":
      return el("span", { class: "mention loud" }, `@${element.range}`);
    case "date":
      return dateNode(String(element.timestamp), element.format || "{date}", element.fallback || "");
    case "color":
      return document.createTextNode(element.value || "");
    default:
      return document.createTextNode(element.text || "");
  }
}
