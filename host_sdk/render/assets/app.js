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
open_named_dialog();
for (const dialog of all(".dialog[popover]")) {
  dialog.addEventListener("toggle", (event) => {
    if (event.newState === "open") dialog.querySelector("select, input:not([type=hidden]), textarea, button")?.focus();
  });
}
document.querySelector(".dialog.again")?.querySelector("[aria-invalid], select, input:not([type=hidden]), textarea")?.focus();

// On a phone the tabs are one line: the current one is in it.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// Filters act at once.
for (const form of all("form[data-submit-on-change]")) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=date]") && matchMedia("(min-width: 768px)").matches) form.requestSubmit();
  });
}
// Empty filters do not stand in the address.
for (const form of all("form.filters")) {
  form.addEventListener("submit", () => {
    for (const field of all("input, select", form)) if (field.value === "") field.disabled = true;
    setTimeout(() => all("input, select", form).forEach((field) => (field.disabled = false)));
  });
}

// One box ticks all.
for (const box of all("input[data-tick-all]")) {
  const rows = () => all("tbody .tick input", box.closest("table"));
  box.hidden = false;
  box.addEventListener("change", () => rows().forEach((each) => (each.checked = box.checked)));
  box.closest("table").addEventListener("change", (event) => {
    if (event.target === box) return;
    const ticked = rows().filter((each) => each.checked).length;
    box.checked = ticked > 0 && ticked === rows().length;
    box.indeterminate = ticked > 0 && ticked < rows().length;
  });
}

// Nothing is sent twice.
addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

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
  "/": () => document.querySelector(".filters input[type=search]")?.focus(),
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
