// The list beside the picture: the same things by the same filters, for those who would rather read.
const ROWS_AT_ONCE = 200;
const columns = [
  { key: "name", text: (id) => nameOf(id) },
  { key: "class", text: (id) => words.kinds[nodes[id].kind] },
  { key: "where", text: (id) => (isPlace(id) ? chainOf(id).slice(0, 1) : districtsOf(id)).map(nameOf).join("、") },
  { key: "articlesColumn", number: (id) => things[id].articles.length },
  { key: "linksColumn", number: (id) => edgesOf[id].filter((edge) => edge < firstMeasure).length },
  { key: "numbersColumn", number: (id) => figuresOf[id].length },
];
let sorted = { column: 3, down: true };
let rowsShown = ROWS_AT_ONCE;

// What the filters leave, folded or not.
function listed() {
  return things.map((thing, id) => id).filter((id) => tree.hosts.has(id) && inYears(id) && (state.kinds.has(nodes[id].kind) || slots.has(id) || frames.has(id)));
}

function showTable() {
  const list = byId("list");
  list.hidden = !state.list;
  byId("toggle-list").setAttribute("aria-expanded", state.list);
  if (!state.list) return list.replaceChildren();
  const { column, down } = sorted;
  const { text, number } = columns[column];
  const order = new Intl.Collator("zh").compare;
  const by = number ? (one, other) => number(one) - number(other) : (one, other) => order(text(one), text(other));
  const ids = listed().sort((one, other) => (down ? -1 : 1) * by(one, other) || things[other].weight - things[one].weight || one - other);
  const head = make("tr", {}, ...columns.map(headOf));
  const body = make("tbody", {}, ...ids.slice(0, rowsShown).map(rowOf));
  const caption = make("caption", {}, say("rows", { n: ids.length }));
  const scroll = list.scrollTop;
  list.replaceChildren(make("table", {}, caption, make("thead", {}, head), body));
  list.scrollTop = scroll;
  if (ids.length <= rowsShown) return undefined;
  const more = () => {
    rowsShown += ROWS_AT_ONCE;
    showTable();
  };
  list.append(make("button", { type: "button", onclick: more }, say("showMore", { n: ids.length - rowsShown })));
  return undefined;
}

function headOf({ key, number }, index) {
  const order = sorted.column === index ? (sorted.down ? "descending" : "ascending") : undefined;
  const sort = () => {
    sorted = { column: index, down: sorted.column === index ? !sorted.down : Boolean(number) };
    showTable();
    byId("list").querySelectorAll("th button")[index].focus();
  };
  const button = make("button", { type: "button", title: say("sortBy", { name: say(key) }), onclick: sort }, say(key));
  return make("th", { scope: "col", class: number ? "number" : undefined, "aria-sort": order }, button);
}

function rowOf(id) {
  const cells = columns.map(({ key, text, number }) => {
    if (number) return make("td", { class: "number" }, number(id).toLocaleString("en"));
    if (key !== "name") return make("td", { lang: key === "where" ? "zh" : undefined }, text(id));
    const button = make("button", { type: "button", class: "text", lang: "zh", onclick: () => open({ node: id, focus: true }) }, text(id));
    return make("td", {}, make("span", { class: "named" }, icon(nodes[id].kind, 12), button));
  });
  return make("tr", { class: id === state.node ? "chosen" : undefined }, ...cells);
}

function startList() {
  byId("list").tabIndex = 0;
  byId("toggle-list").addEventListener("click", () => {
    state.list = !state.list;
    rowsShown = ROWS_AT_ONCE;
    writeAddress(false);
    showTable();
    resized();
  });
}
