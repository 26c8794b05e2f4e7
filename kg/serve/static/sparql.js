// Completes prefixes, classes and properties while a query is written. The page lists them all, so that script is a
// help and no need.
"use strict";

const MOST = 8;
const form = document.querySelector(".ask");
const area = form.querySelector("textarea");
const known = [...document.querySelectorAll(".prefixes li, .terms li")].map((item) => {
  const [name, says] = item.children;
  return { name: name.textContent, says: says.textContent };
});
const list = document.createElement("ul");
const mirror = document.createElement("div");
let found = [];
let chosen = -1;

// The word before the caret, unless it is part of a variable, an IRI or a text.
function wordAt(text) {
  const match = text.match(/(?:^|[\s(){}[\];,.|/^!*+])([\p{L}_][\p{L}\d_-]*(?::[\p{L}\d_-]*)?)$/u);
  return match ? match[1] : "";
}

// Names that begin so come first, then those whose local name or label does, then those that hold the word.
function fitting(word) {
  if (word.length < 2) return [];
  const sought = word.toLowerCase();
  const rank = ({ name, says }) => {
    const whole = name.toLowerCase();
    const local = whole.slice(whole.indexOf(":") + 1);
    if (whole === sought) return -1;
    if (whole.startsWith(sought)) return 0;
    if (sought.includes(":") || !local) return -1;
    if (local.startsWith(sought)) return 1;
    return local.includes(sought) || says.toLowerCase().includes(sought) ? 2 : -1;
  };
  const ranked = known.map((each) => [rank(each), each]).filter(([place]) => place >= 0);
  return ranked.sort((one, other) => one[0] - other[0]).slice(0, MOST).map(([, each]) => each);
}

function close() {
  list.hidden = true;
  found = [];
  choose(-1);
}

function choose(number) {
  chosen = number;
  [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === number)));
  if (number < 0) area.removeAttribute("aria-activedescendant");
  else area.setAttribute("aria-activedescendant", list.children[number].id);
}

function take(number) {
  const start = area.selectionStart - wordAt(area.value.slice(0, area.selectionStart)).length;
  area.setRangeText(found[number].name, start, area.selectionStart, "end");
  const prefix = found[number].name.endsWith(":");
  close();
  if (prefix) show();
}

function show() {
  const before = area.value.slice(0, area.selectionStart);
  found = area.selectionStart === area.selectionEnd ? fitting(wordAt(before)) : [];
  if (!found.length) return close();
  list.replaceChildren(...found.map(({ name, says }, number) => {
    const item = document.createElement("li");
    const code = document.createElement("code");
    code.textContent = name;
    item.append(code, ` ${says}`);
    item.id = `completion-${number}`;
    item.setAttribute("role", "option");
    item.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the caret stays
      take(number);
    });
    return item;
  }));
  choose(-1);
  list.hidden = false;
  return place(before);
}

// Under the caret: a copy of the text, laid out as the field lays it out, tells where that is.
function place(before) {
  const caret = document.createElement("span");
  caret.textContent = "\u200b";
  mirror.replaceChildren(before, caret);
  mirror.style.width = `${area.offsetWidth}px`;
  const top = area.offsetTop + caret.offsetTop - area.scrollTop + caret.offsetHeight;
  list.style.top = `${Math.min(top, area.offsetTop + area.offsetHeight)}px`;
  list.style.left = `${Math.max(0, Math.min(caret.offsetLeft, form.clientWidth - list.offsetWidth))}px`;
}

function pressed(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return form.requestSubmit();
  if (list.hidden) return undefined;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const step = event.key === "ArrowDown" ? 1 : -1;
    choose(chosen < 0 && step < 0 ? found.length - 1 : (chosen + step + found.length) % found.length);
  } else if (event.key === "Escape") close();
  else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) take(chosen);
  else return undefined;
  return event.preventDefault();
}

list.id = "completions";
list.hidden = true;
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", form.dataset.completions);
mirror.className = "mirror";
mirror.setAttribute("aria-hidden", "true");
area.after(list, mirror);
area.setAttribute("aria-autocomplete", "list");
area.setAttribute("aria-controls", list.id);
area.addEventListener("input", show);
area.addEventListener("keydown", pressed);
area.addEventListener("blur", close);
area.addEventListener("click", close);
form.querySelector(".completion").hidden = false;
