// Times in the reader's time zone: of messages, and Slack's <!date^seconds^format|fallback>.

import { el } from "./dom.js";

const MINUTE = 60, HOUR = 3600, DAY = 86400;
const shown = (options) => (date) => new Intl.DateTimeFormat(undefined, options).format(date);
const short = shown({ month: "short", day: "numeric", year: "numeric" });
const middle = shown({ month: "long", day: "numeric", year: "numeric" });
const long = shown({ weekday: "long", month: "long", day: "numeric", year: "numeric" });

/** The time of a message, such as 10:32 AM. */
export const clock = shown({ hour: "numeric", minute: "2-digit" });
/** The same without AM and PM, for the narrow column. */
export const narrow = (date) => clock(date).replace(/[^\d:.].*$/, "");
const clockWithSeconds = shown({ hour: "numeric", minute: "2-digit", second: "2-digit" });

/** The full date and time, for a tooltip. */
export const full = shown({ weekday: "long", month: "long", day: "numeric", hour: "numeric", minute: "2-digit", second: "2-digit" });

/** When a message was posted. */
export function posted(ts) {
  return new Date(Number(ts) * 1000);
}

/** The heading over a day's messages. */
export function dayOf(date) {
  return pretty(date, shown({ weekday: "long", month: "long", day: "numeric" }));
}

function pretty(date, otherwise) {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / (DAY * 1000));
  const near = new Map([[0, "Today"], [1, "Yesterday"], [-1, "Tomorrow"]]);
  return near.get(days) || otherwise(date);
}

/** How long ago, in Slack's words. */
export function ago(date) {
  const seconds = (Date.now() - date) / 1000, size = Math.abs(seconds);
  if (size < 45) return "just now";
  const [count, unit] = size < HOUR ? [size / MINUTE, "minute"] : size < DAY ? [size / HOUR, "hour"] : [size / DAY, "day"];
  const whole = Math.max(1, Math.round(count)), words = `${whole} ${unit}${whole === 1 ? "" : "s"}`;
  return seconds > 0 ? `${words} ago` : `in ${words}`;
}

const TOKENS = {
  date_num: (date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`,
  date: middle,
  date_short: short,
  date_long: long,
  date_pretty: (date) => inside(pretty(date, middle)),
  date_short_pretty: (date) => inside(pretty(date, short)),
  date_long_pretty: (date) => inside(pretty(date, long)),
  time: clock,
  time_secs: clockWithSeconds,
  ago,
};

const inside = (words) => words;

function written(date, format) {
  return format.replace(/\{([a-z_]+)\}/g, (whole, token) => (TOKENS[token] ? TOKENS[token](date) : whole));
}

/** A date in a text; relative dates are updated while they are shown. */
export function dateNode(seconds, format, fallback) {
  const date = new Date(Number(seconds) * 1000);
  if (!/^\d+$/.test(seconds) || Number.isNaN(date.getTime())) return document.createTextNode(fallback);
  return el("time", { datetime: date.toISOString(), title: full(date), "data-format": format }, written(date, format));
}

setInterval(() => {
  for (const node of document.querySelectorAll("time[data-format]")) {
    const now = written(new Date(node.dateTime), node.dataset.format);
    if (node.textContent !== now) node.textContent = now;
  }
}, 10000);
