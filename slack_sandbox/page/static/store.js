// The page's state: the server's last state, and what is open. Only this module writes it.

/** The width below which one screen at a time is shown, as in frame.css. */
export const PHONE = matchMedia("(max-width: 720px)");

export const store = {
  hello: null, // what does not change: people, samples, shortcuts, the token
  screen: null, // what the person sees
  online: false,
  place: readPlace(),
  drafts: new Map(), // texts begun in composers, by person and place
  typed: new Map(), // what is typed in messages' inputs, by person and message
  read: new Map(), // newest ts seen, by person and channel
};

const listeners = [];

/** Call this whenever anything changed. */
export function onChange(listener) {
  listeners.push(listener);
}

/** Something changed: draw. */
export function changed() {
  if (store.hello && store.screen) listeners.forEach((listener) => listener());
}

function readPlace() {
  const given = new URLSearchParams(location.hash.slice(1));
  const place = {};
  for (const key of ["as", "at", "thread", "panel"]) place[key] = given.get(key) || "";
  return place;
}

/** Go to `at` (a channel's id, "home" or "about"), `thread` (a ts), `panel` ("traffic", "channels"); kept in the URL, so that Back goes back. */
export function go(change) {
  store.place = { ...store.place, ...change };
  const named = Object.entries(store.place).filter(([, value]) => value);
  const hash = `#${new URLSearchParams(named)}`;
  if (hash !== location.hash) history.pushState(null, "", hash);
  changed();
}

addEventListener("hashchange", () => {
  const before = store.place.as;
  store.place = readPlace();
  if (store.place.as !== before) dispatchEvent(new Event("person"));
  changed();
});

/** The open channel; the first one if the person is not a member. Null on the Home and About tabs. */
export function here() {
  const { channels } = store.screen;
  if (["home", "about"].includes(store.place.at) && channels.some((channel) => channel.kind === "im")) return null;
  return channels.find((channel) => channel.id === store.place.at) || channels[0] || null;
}

/** Whether somebody was chosen to act as whose screen is not here yet. */
export function changesPerson() {
  const { as } = store.place;
  return as !== store.screen.me && store.hello.people.some((person) => person.id === as);
}

/** Somebody's name. */
export function nameOf(user) {
  return store.screen.users[user] || (user === "USLACKBOT" ? "Workspace" : "Somebody");
}

/** Do something as the person; returns the server's answer, and shows its error with `show`. */
export async function act(action, given = {}, show = toast) {
  const answer = await ask(`/do/${action}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Page-Token": store.hello.token },
    body: JSON.stringify({ user: store.screen.me, ...given }),
  });
  if (!answer.ok && answer.words) show(answer.words);
  return answer;
}

/** Ask the page's server; a failure is an answer too. */
export async function ask(path, options = {}) {
  try {
    return await (await fetch(path, options)).json();
  } catch {
    return { ok: false, words: "The sandbox can't be reached at the moment. Nothing was sent." };
  }
}

const toasts = document.getElementById("toasts");

/** Show a sentence for a while, also over an open dialog. */
export function toast(words) {
  const place = document.querySelector("dialog[open]") || document.body;
  if (toasts.parentElement !== place) place.append(toasts);
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.title = "Dismiss";
  made.addEventListener("click", () => made.remove());
  toasts.append(made);
  while (toasts.children.length > 3) toasts.firstChild.remove();
  setTimeout(() => made.matches(":is(:hover, :focus)") || made.remove(), 5000 + words.length * 60);
}
