// Only comfort: every page works without this file.
"use strict";
document.documentElement.classList.add("scripted");

const all = (selector, from = document) => [...from.querySelectorAll(selector)];

// A dialog that the address names.
function open_named_dialog() {
  const named = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!named || !named.matches(".dialog[popover]")) return;
  history.replaceState(null, "", location.pathname + location.search);
  named.showPopover();
}
addEventListener("hashchange", open_named_dialog);
// A dialog is the only thing that can be reached while it is open. It asks for the first field; what destroys is never
// under the finger: without a field the way back has the focus.
const dialogs = all(".dialog");
const chosen_of = (field) => (field?.type === "radio" && field.form.querySelector(`[name="${CSS.escape(field.name)}"]:checked`)) || field;
const first_in = (dialog) =>
  dialog.querySelector("[aria-invalid]") ??
  chosen_of(dialog.querySelector("select, input:not([type=hidden]), textarea")) ??
  dialog.querySelector(dialog.querySelector(".btn-danger") ? ".dialog-foot .btn:not(.btn-danger, [hidden], .by-anchor)" : "button");
function close_off(dialog, closed) {
  for (const other of document.body.children) if (other !== dialog && !other.matches(".dialog, script")) other.inert = closed;
  dialog.ariaModal = closed ? "true" : null;
}
function take_up(dialog) {
  document.body.append(dialog);
  // Before it closes: the button that opened it takes the focus again.
  dialog.addEventListener("beforetoggle", (event) => close_off(dialog, event.newState === "open"));
  dialog.addEventListener("toggle", (event) => event.newState === "open" && first_in(dialog)?.focus());
}
dialogs.forEach(take_up);
open_named_dialog();

// A dialog of a record that stands in a list is asked for where one is, and its answer leads back here. What goes wrong
// is shown on the record's own page, where the link leads without this too.
async function ask_here(link) {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" } }).catch(() => null);
  const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  const dialog = page && page.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!dialog?.matches("form.dialog[popover]")) return location.assign(link.href);
  document.querySelector(".dialog.fetched")?.remove();
  dialog.classList.add("fetched");
  const then = Object.assign(document.createElement("input"), { type: "hidden", name: "_then", value: location.pathname + location.search });
  dialog.append(then);
  take_up(document.adoptNode(dialog));
  dialog.showPopover();
}
addEventListener("click", (event) => {
  const link = event.target.closest?.("tr[data-id] a[href*='#do-']");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  event.preventDefault();
  ask_here(link);
});
const asked_again = document.querySelector(".dialog.again");
if (asked_again) {
  close_off(asked_again, true);
  first_in(asked_again)?.focus();
  asked_again.addEventListener("keydown", (event) => event.key === "Escape" && asked_again.querySelector(".dialog-foot a")?.click());
}

// On a phone the tabs are one line: the current one is in it.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// The entries of a menu that one points at: put away with Escape until one points anew.
const bar = document.querySelector(".frame-menu");
addEventListener("keydown", (event) => event.key === "Escape" && bar?.classList.add("shut"));
for (const what of ["pointerleave", "focusout"]) bar?.addEventListener(what, () => bar.classList.remove("shut"));

// Filters act at once where one points and chooses. What is typed acts with Enter or the button: a date is half a date
// until its last digit, and the arrow keys pass by what nobody chose.
for (const form of all("form[data-submit-on-change]")) {
  let typing = false;
  form.addEventListener("keydown", (event) => {
    typing = event.key !== "Tab";
    if (event.key !== "Enter" || !event.target.matches("select") || event.defaultPrevented) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("pointerdown", () => (typing = false));
  form.addEventListener("change", (event) => {
    if (!typing && event.target.matches("select, input[type=date]") && matchMedia("(min-width: 768px)").matches) form.requestSubmit();
  });
}
// A form that asks its screen what is known of what was typed: the answer's notices stand at the form.
for (const form of all("form[data-asks]")) {
  const fields = form.dataset.asks.split(" ").map((name) => form.elements[name]).filter(Boolean);
  const place = form.querySelector(".asked");
  let newest = 0;
  form.addEventListener("change", async (event) => {
    if (!fields.includes(event.target)) return;
    const mine = ++newest;
    const address = new URL(form.dataset.screen, location.href);
    for (const field of fields) if (field.value) address.searchParams.set(field.name, field.value);
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    const blocks = answer?.ok ? (await answer.json()).blocks : [];
    if (mine !== newest) return;
    place.replaceChildren(...blocks.filter((block) => block.type === "notice").map((block) => {
      const line = document.createElement("p");
      line.textContent = [block.title, block.text].filter(Boolean).join(" ");
      return line;
    }));
  });
}

// Whoever worked with the keys is, on the page that answers, where he was.
const where = (element) => {
  const row = element.closest("tr[data-id]")?.dataset.id ?? "";
  const name = element.name || element.textContent.trim().slice(0, 60) || element.id;
  return { path: location.pathname, row, tag: element.localName, name };
};
const found_again = (place) =>
  all(`${place.row ? `tr[data-id="${CSS.escape(place.row)}"]` : "main"} ${place.tag || "none"}`).find((each) => where(each).name === place.name);
let opener = document.body;
addEventListener("beforetoggle", (event) => {
  if (event.newState === "open" && event.target.matches(".dialog")) opener = document.activeElement;
}, true);
addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const from = event.target.matches(".dialog") ? opener : event.target.method === "get" ? document.activeElement : event.submitter;
  const place = from && from !== document.body ? where(from) : { path: location.pathname };
  sessionStorage.setItem("place", JSON.stringify(place));
});
const place = JSON.parse(sessionStorage.getItem("place") ?? "null");
sessionStorage.removeItem("place");
if (place?.path === location.pathname && !asked_again && !location.hash) {
  const said = document.getElementById("result");
  const back = found_again(place);
  if (said) back?.setAttribute("aria-describedby", said.id);
  (back ?? said)?.focus({ preventScroll: true });
  // Whoever worked further down stays there, and what happened is said where he looks.
  if (back?.closest("tr") && back.getBoundingClientRect().bottom > innerHeight) {
    said?.parentElement.classList.add("stays");
    back.scrollIntoView({ block: "center" });
  }
}

// Empty filters do not stand in the address.
for (const form of all("form.filters")) {
  form.addEventListener("submit", () => {
    for (const field of all("input, select", form)) if (field.value === "") field.disabled = true;
    setTimeout(() => all("input, select", form).forEach((field) => (field.disabled = false)));
  });
}

// A file is chosen in the language of the page, not in the browser's.
for (const input of all("input[type=file][data-choose]")) {
  const [choose, name] = [document.createElement("span"), document.createElement("span")];
  choose.className = "choose";
  choose.textContent = input.dataset.choose;
  name.ariaHidden = choose.ariaHidden = "true";
  const say = () => (name.textContent = [...input.files].map((file) => file.name).join(", ") || input.dataset.none);
  input.addEventListener("change", say);
  input.before(choose, name);
  say();
}

// One box ticks all.
for (const box of all("input[data-tick-all]")) {
  const rows = () => all("tbody .tick input", box.closest("table"));
  box.hidden = false;
  box.addEventListener("change", () => rows().forEach((each) => (each.checked = box.checked)));
  // With Shift from the last one to this one.
  let last = null;
  box.closest("table").addEventListener("click", (event) => {
    const list = rows();
    if (!list.includes(event.target)) return;
    if (event.shiftKey && last) {
      const [from, to] = [list.indexOf(last), list.indexOf(event.target)].sort((left, right) => left - right);
      for (const each of list.slice(from, to + 1)) each.checked = event.target.checked;
    }
    last = event.target;
  });
  box.closest("table").addEventListener("change", (event) => {
    if (event.target === box) return;
    const ticked = rows().filter((each) => each.checked).length;
    box.checked = ticked > 0 && ticked === rows().length;
    box.indeterminate = ticked > 0 && ticked < rows().length;
  });
}

// Whoever ticks a location means locations.
addEventListener("change", (event) => {
  if (!event.target.checked || !event.target.closest(".editor .places")) return;
  const locations = event.target.form.querySelector("input[type=radio][value=locations]");
  if (locations) locations.checked = true;
});

// Nothing is sent twice.
addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

// Whoever comes back from a call is asked what came of it: with the buttons of the row, or of the record.
let called = null;
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='tel:']");
  if (link) called = { row: link.closest("tr[data-id]"), left: false };
});
function result_buttons() {
  if (called.row) return all(".row-actions button", called.row);
  return all(".lead-head .actions :is([popovertarget=do-reached], [popovertarget=do-tried])");
}
function ask_after_call() {
  if (!called?.left) return;
  const buttons = result_buttons();
  const name = called.row?.querySelector(".name, .c-prospect a")?.textContent ?? document.querySelector("h1")?.textContent ?? "";
  called = null;
  document.querySelector(".after-call")?.remove();
  if (!buttons.length || !document.body.dataset.afterCall) return;
  const asks = document.body.appendChild(document.createElement("div"));
  asks.className = "after-call";
  asks.setAttribute("role", "dialog");
  asks.setAttribute("aria-label", document.body.dataset.afterCall);
  const said = asks.appendChild(document.createElement("p"));
  said.append(Object.assign(document.createElement("strong"), { textContent: document.body.dataset.afterCall }), " " + name);
  const not_now = document.createElement("button");
  not_now.className = "btn btn-link";
  not_now.type = "button";
  not_now.textContent = document.body.dataset.notNow;
  // A dialog that opens from here stands above the question.
  for (const each of [...buttons.map((button) => button.cloneNode(true)), not_now]) {
    asks.appendChild(each).addEventListener("click", () => setTimeout(() => asks.remove()));
  }
  asks.querySelector("button").focus();
}
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    if (called) called.left = true;
  } else {
    ask_after_call();
  }
});

// Keys: j and k move, Enter opens, a assigns, / searches.
const rows = all(".leads tbody tr");
let at = -1;
function move(by) {
  rows[at]?.classList.remove("at");
  at = Math.min(Math.max(at + by, 0), rows.length - 1);
  rows[at]?.classList.add("at");
  rows[at]?.querySelector("a.name, a")?.focus({ preventScroll: true });
  rows[at]?.scrollIntoView({ block: "nearest" });
}
const keys = {
  j: () => move(1),
  k: () => move(-1),
  a: () => rows[at]?.querySelector(".act")?.click() ?? document.querySelector("[popovertarget=do-assign]")?.click(),
  "/": () => document.querySelector(".filters input[type=search], .frame-search input")?.focus(),
};
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [popover]:popover-open")) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// What came in meanwhile is offered, never pushed into the list under the reader's hand.
const page = document.querySelector("main[data-refresh]");
async function look_for_news() {
  if (document.hidden) return;
  const address = new URL(location.href);
  address.searchParams.set("since", page.dataset.refresh);
  const answer = await fetch(address, { headers: { Accept: "application/json", "X-Refresh": "1" } }).catch(() => null);
  const news = answer?.ok ? (await answer.json()).refresh?.text : "";
  if (!news) return;
  const button = document.querySelector(".news") ?? document.body.insertBefore(document.createElement("button"), page);
  button.className = "news shown";
  button.textContent = news;
  button.onclick = () => location.reload();
}
if (page) setInterval(look_for_news, 30000);
