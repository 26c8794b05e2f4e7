// Search over all printed forms, their pinyin and its initials.
const box = byId("search");
const list = byId("found");
let results = [];
let active = -1;

const searchable = things.map((thing) =>
  thing.names.map((name, index) => ({ name, plain: plainText(name), initials: thing.pinyin[index][0], pinyin: thing.pinyin[index][1] })),
);

function plainText(text) {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
}

// How well a form answers a query: 0 is best, null not at all.
function rank(form, query) {
  if (form.plain === query) return 0;
  if (form.plain.startsWith(query)) return 1;
  if (form.plain.includes(query)) return 2;
  if (form.initials === query) return 1.5;
  if (form.initials.startsWith(query)) return 3;
  if (form.pinyin.startsWith(query)) return 4;
  if (form.initials.includes(query)) return 5;
  if (query.length > 2 && form.pinyin.includes(query)) return 6;
  return query.length > 2 && inOrder(form.initials, query) ? 7 : null;
}

// Whether the letters of the query stand in the initials in their order: gzzx in gsqzhzlzx.
function inOrder(initials, query) {
  let from = 0;
  for (const letter of query) {
    from = initials.indexOf(letter, from) + 1;
    if (!from) return false;
  }
  return true;
}

function findThings(text) {
  const query = plainText(text);
  if (!query) return [];
  const found = [];
  searchable.forEach((forms, id) => {
    let best = null;
    forms.forEach((form) => {
      const value = rank(form, query);
      if (value !== null && (best === null || value < best.value)) best = { id, value, name: form.name };
    });
    if (best) found.push(best);
  });
  found.sort((one, other) => one.value - other.value || things[other.id].weight - things[one.id].weight || one.id - other.id);
  return withNear(found.slice(0, 40));
}

// Behind each thing found those that may be the same, which the query does not name.
function withNear(found) {
  const named = new Set(found.map(({ id }) => id));
  return found.flatMap((one) => {
    const others = (things[one.id].near || []).filter((id) => !named.has(id));
    others.forEach((id) => named.add(id));
    return [one, ...others.map((id) => ({ id, name: nameOf(id), near: one.id }))];
  });
}

function search() {
  state.query = box.value.trim();
  results = findThings(box.value);
  active = results.length ? 0 : -1;
  const items = results.map(({ id, name, near }, index) => {
    const aside = near !== undefined ? `≈ ${shorten(nameOf(near), 12)} · ${say("mayBe")}` : name === nameOf(id) ? classAndPlace(id) : `= ${shorten(nameOf(id), 16)}`;
    const item = make("li", { role: "option", id: `found-${index}`, onclick: () => pick(index) }, icon(nodes[id].kind));
    item.append(make("span", { class: "name" }, name), make("span", { class: "aside" }, aside));
    return item;
  });
  if (state.query && !items.length) items.push(make("li", { class: "none", role: "option", "aria-disabled": "true" }, say("nothingFound")));
  list.replaceChildren(...items);
  showList(Boolean(state.query));
  writeAddress(false);
}

// What tells a thing from others of its name.
function classAndPlace(id) {
  const [where] = isPlace(id) ? chainOf(id) : districtsOf(id);
  return [words.kinds[nodes[id].kind], where === undefined ? "" : nameOf(where)].filter(Boolean).join(" · ");
}

function showList(shown) {
  list.hidden = !shown;
  box.setAttribute("aria-expanded", shown);
  [...list.children].forEach((item, index) => item.setAttribute("aria-selected", index === active));
  if (shown && active >= 0) {
    box.setAttribute("aria-activedescendant", `found-${active}`);
    list.children[active].scrollIntoView({ block: "nearest" });
  } else box.removeAttribute("aria-activedescendant");
}

function pick(index) {
  const found = results[index];
  if (!found) return;
  box.value = "";
  state.query = "";
  showList(false);
  open({ node: found.id, focus: true });
}

function searchKey(event) {
  if (event.isComposing) return; // the keys of a Chinese input method are not ours
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in moves && results.length) {
    active = (active + moves[event.key] + results.length) % results.length;
    showList(true);
  } else if (event.key === "Enter") pick(active);
  else if (event.key === "Escape") {
    box.value = "";
    search();
    stage.focus();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function startSearch() {
  box.addEventListener("input", search);
  box.addEventListener("focus", () => box.value && search());
  box.addEventListener("blur", () => setTimeout(() => showList(false), 150)); // after a click on an answer
  box.addEventListener("keydown", searchKey);
}
