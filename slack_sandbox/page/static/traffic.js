// The traffic panel: what Slack delivers to the app, and what the app asks of Slack.

import { el, icon, iconButton } from "./dom.js";
import { tree } from "./json.js";
import { ask, go, PHONE, store } from "./store.js";

const rows = new Map(); // number -> {sign, node}
const list = el("div", { class: "list traffic-list", role: "log", "aria-label": "Traffic", tabindex: 0 });
const KINDS = { api: "Web API", event: "event", interaction: "interaction", command: "slash command", response_url: "answer to an interaction" };
const only = { kind: "" };
let asked = 0; // the exchange to explain

/** The panel. */
export function drawTraffic(pane) {
  if (pane.firstChild?.dataset?.name !== "traffic") pane.replaceChildren(head(), filters(), list);
  const below = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  const known = new Set(store.screen.traffic.map((line) => line.n));
  for (const [n, row] of rows) if (!known.has(n)) row.node.remove() || rows.delete(n);
  for (const line of store.screen.traffic) update(line);
  if (!rows.size) list.replaceChildren(el("p", { class: "nothing" }, "Nothing has happened yet. Send a message and watch."));
  else list.querySelector(".nothing")?.remove();
  if (below) list.scrollTop = list.scrollHeight;
}

function head() {
  return el("header", { class: "pane-head", "data-name": "traffic" }, el("h2", { tabindex: -1 }, "Traffic"), el("span", { class: "small" }, "between Slack and the app"), el("span", { class: "gap" }), iconButton("close", "Close the traffic panel", () => go({ panel: PHONE.matches ? "channels" : "" })));
}

function filters() {
  const made = [["", "All"], ["out", "To the app"], ["in", "From the app"]].map(([kind, words]) =>
    el("button", { type: "button", "aria-pressed": String(only.kind === kind), onclick: () => pick(kind) }, words),
  );
  const pick = (kind) => {
    only.kind = kind;
    list.dataset.only = kind;
    made.forEach((button, index) => button.setAttribute("aria-pressed", String(["", "out", "in"][index] === kind)));
  };
  return el("div", { class: "switch", role: "group", "aria-label": "Which way" }, made);
}

function update(line) {
  const sign = JSON.stringify(line), old = rows.get(line.n);
  if (old?.sign === sign) return;
  const brief = el("summary", {}, ...summary(line));
  if (old) {
    old.node.querySelector("summary").replaceWith(brief);
    old.sign = sign;
    return;
  }
  const inside = el("div", { class: "exchange" });
  const node = el("details", { class: line.out ? "out" : "in", ontoggle: () => node.open && fill(inside, line.n) }, brief, inside);
  rows.set(line.n, { sign, node });
  list.append(node);
}

function summary(line) {
  const failed = line.error || (line.done && !(line.status >= 200 && line.status < 300));
  const result = line.error || (line.done ? line.status || "no answer" : "…");
  const way = line.out ? "to the app" : "from the app";
  return [
    icon("right", "fold"),
    el("span", { class: "way", title: way }, el("span", { class: "unseen" }, way), line.out ? "→" : "←"),
    el("span", { class: "what" }, el("b", {}, line.kind === "response_url" ? "response_url" : line.name), el("span", { class: "small" }, line.about || KINDS[line.kind] || line.kind)),
    line.retry ? el("span", { class: "tag" }, `retry ${line.retry}`) : null,
    el("span", { class: `tag ${failed ? "bad" : line.done ? "good" : ""}` }, String(result)),
    el("span", { class: "ms" }, line.done ? `${line.ms < 10 ? line.ms.toFixed(1) : Math.round(line.ms)} ms` : ""),
  ];
}

async function fill(inside, n) {
  const line = store.screen.traffic.find((one) => one.n === n);
  const found = await ask(`/traffic/${n}`);
  if (!found.ok) return inside.replaceChildren(el("p", { class: "small" }, found.words));
  const out = line?.out;
  const why = line?.why ? el("button", { type: "button", class: "button", onclick: () => explain(why, n) }, icon("question"), "Why?") : null;
  inside.replaceChildren(
    ...[why, part(out ? "Payload" : "Arguments", found.request), part(out ? "The app's answer" : "Slack's answer", found.answer), found.ignored ? part("Ignored by Slack", found.ignored) : null].filter(Boolean),
  );
  if (asked !== n || !why) return;
  asked = 0;
  await explain(why, n);
  inside.parentElement.scrollIntoView({ block: "start" });
}

const part = (title, value) => el("section", {}, el("h3", {}, title), el("div", { class: "json" }, tree(value === "" ? null : value)));

async function explain(button, n) {
  const found = await ask(`/traffic/${n}/why`);
  button.replaceWith(el("section", {}, el("h3", {}, "Why"), el("pre", { class: "why", tabindex: 0 }, found.ok ? found.why : found.words)));
}

addEventListener("why", (event) => {
  const row = rows.get(event.detail)?.node;
  if (!row) return;
  asked = event.detail;
  if (row.open) fill(row.querySelector(".exchange"), event.detail);
  else row.open = true; // which fills it
  row.querySelector("summary").focus();
});
