// The side pane: a thing, a link or a number, with every sentence that says so.
const pane = byId("pane");
const paneBody = byId("pane-body");

function showPane(focus) {
  const opened = isOpen();
  pane.hidden = !opened;
  byId("back").disabled = steps < 2;
  if (!opened) return paneBody.replaceChildren();
  const parts = state.path ? pathPane(state.path) : state.compare ? comparePane(state.compare) : state.edge !== null ? linkPane(edges[state.edge]) : isFigure(state.node) ? figurePane(state.node) : thingPane(state.node);
  paneBody.replaceChildren(...parts.filter(Boolean));
  paneBody.scrollTop = 0;
  if (focus) paneBody.focus();
  return announce(paneBody.querySelector("h2").textContent);
}

function thingPane(id) {
  const thing = things[id];
  const others = thing.names.slice(1);
  const disputed = figuresOf[id].some((index) => figures[index].disputed);
  const own = edgesOf[id].filter((edge) => edge < firstMeasure);
  const said = new Set([...thing.passages, ...own.flatMap((edge) => page.links[edge]), ...figuresOf[id].flatMap((index) => figures[index].passages)]);
  return [
    make("h2", { lang: "zh" }, nameOf(id)),
    classLine(id),
    onSite(id),
    others.length ? make("p", { class: "also" }, `${say("alsoCalled")}: `, make("span", { lang: "zh" }, others.join("、"))) : null,
    thing.near ? make("p", { class: "also" }, `${say("mayBe")}: `, ...thing.near.map((other) => nearButton(other))) : null,
    thing.role ? make("p", { class: "also" }, `${say("role")}: ${thing.role}`) : null,
    disputed ? make("p", { class: "warning" }, say("disagreeNote")) : null,
    actions(id),
    links(id, own),
    numbers(id),
    inside(id),
    sentences([...said].sort((one, other) => one - other), marksOf([id])),
  ];
}

// On a site every thing and number has a page of its own.
function onSite(id) {
  if (!page.addresses) return null;
  const address = isFigure(id) ? page.addresses.figures[id - firstFigure] : page.addresses.things[id];
  return make("p", { class: "also" }, make("a", { href: address }, say("itsPage")));
}

function nearButton(id) {
  return make("button", { type: "button", class: "text", lang: "zh", onclick: () => open({ node: id, focus: true }) }, nameOf(id));
}

// What can be done with a thing: a way to another one; with a place: zoom, fold and unfold, compare.
function actions(id) {
  const row = make("div", { class: "actions" }, ...pathField(id));
  const add = (key, act, values) => row.append(make("button", { type: "button", onclick: act }, say(key, values)));
  if (!isPlace(id)) return row;
  add("zoomHere", () => {
    const shown = shownFor(id);
    if (shown !== null) zoomTo(rectOf(shown), opensFor(shown));
  });
  const cell = tree && tree.cells.get(id);
  if (state.shut.has(id)) add("expand", () => reopen(id));
  else if (cell && !cell.empty) add("collapseHere", () => shut(id));
  if (state.open.has(id)) add("foldHere", () => fold(id));
  else if (cell && !cell.shut && foldedIn(id).length) add("unfoldHere", () => unfold(id), { n: foldedIn(id).length });
  if (nodes[id].kind === "District" && things.some((thing, other) => other !== id && nodes[other].kind === "District")) row.append(compareChoice(id));
  return row;
}

function compareChoice(id) {
  const others = things.map((thing, other) => other).filter((other) => other !== id && nodes[other].kind === "District");
  const select = make("select", { "aria-label": say("compareThis") }, make("option", { value: "" }, say("compareThis")));
  select.append(...others.map((other) => make("option", { value: other }, nameOf(other))));
  select.addEventListener("change", () => select.value !== "" && open({ compare: [id, Number(select.value)] }));
  return select;
}

// What belongs to a place, by class, the weightiest first.
function inside(id) {
  if (!isPlace(id)) return null;
  const groups = kindNames.map((kind) => [kind, things.map((thing, other) => other).filter((other) => nodes[other].kind === kind && other !== id && placesOf[other].has(id))]);
  const told = groups.filter(([, ids]) => ids.length);
  if (!told.length) return null;
  return make("section", { id: "inside" }, make("h3", {}, say("inside")), ...told.map(([kind, ids]) => {
    const all = ids.sort((one, other) => things[other].weight - things[one].weight || one - other);
    const chips = make("div", { class: "chips" }, ...all.slice(0, 12).map((one) => chip(one)));
    const more = make("button", { type: "button", onclick: () => {
      more.remove();
      chips.append(...all.slice(12).map((one) => chip(one)));
    } }, say("showMore", { n: all.length - 12 }));
    return make("details", { open: kind === "Program" }, make("summary", {}, icon(kind, 11), ` ${words.kinds[kind]} (${ids.length})`), chips, all.length > 12 ? more : "");
  }));
}

function classLine(id) {
  const { kind } = nodes[id];
  const line = make("p", { class: "class" }, icon(kind), words.kinds[kind]);
  const { districts = [], articles } = things[id];
  const others = isPlace(id) ? districts.filter((district) => district !== id) : districtsOf(id);
  if (others.length) line.append(" · ", others.map(nameOf).join("、"));
  if (articles && articles.length) line.append(` · ${articleCount(articles.length)}`);
  return line;
}

// What a link says of a thing: of its object the other way round.
function relationOf(id, { from, label }) {
  return (from === id ? words.predicates : words.inverse)[label];
}

// Links by property and direction, each a way there; its quotation mark leads to the sentence behind it.
function links(id, own) {
  if (!own.length) return null;
  const groups = new Map();
  own.forEach((edge) => {
    const title = relationOf(id, edges[edge]);
    groups.set(title, [...(groups.get(title) || []), edge]);
  });
  const section = make("section", { id: "links" }, make("h3", {}, `${say("links")} (${own.length})`));
  [...groups].forEach(([title, found]) => {
    const weight = (edge) => -things[otherEnd(edges[edge], id)].weight;
    found.sort((one, other) => weight(one) - weight(other));
    section.append(make("h4", {}, title), make("div", { class: "chips" }, ...found.map((edge) => pairOf(edge, id))));
  });
  return section;
}

function pairOf(edge, from) {
  const id = otherEnd(edges[edge], from);
  const label = `${say("sentences")}: ${relationOf(from, edges[edge])}, ${nameOf(id)}`;
  const why = make("button", { type: "button", class: "why", title: support(edge), "aria-label": label, onclick: () => open({ edge }) }, "”");
  return make("span", { class: "pair" }, chip(id, articlesOf(edge) > 1), why);
}

function chip(id, several) {
  const button = make("button", { type: "button", class: several ? "chip several" : "chip", onclick: () => open({ node: id, focus: true }) });
  button.append(icon(nodes[id].kind, 11), make("span", { lang: "zh" }, nameOf(id)));
  return button;
}

function articlesOf(edge) {
  return new Set(page.links[edge].map((passage) => passages[passage][1])).size;
}

function support(edge) {
  const count = articlesOf(edge);
  return count > 1 ? say("severalNote", { n: count }) : say(count ? "singleNote" : "listedNote");
}

function linkPane(edge) {
  const { from, to, label, id } = edge;
  return [
    make("h2", {}, `${nameOf(from)} ${words.predicates[label]} ${nameOf(to)}`),
    make("p", { class: "class" }, support(id)),
    make("p", { class: "triple" }, chip(from), words.predicates[label], chip(to)),
    sentences(page.links[id], marksOf([from, to])),
  ];
}

function areaNote({ area, subject }) {
  return area === undefined || area === subject ? [] : [say("areaNote"), chip(area)];
}

function figurePane(id) {
  const index = id - firstFigure;
  const figure = figures[index];
  const others = rivals(index);
  const told = others.map((other) => make("button", { type: "button", class: "chip", onclick: () => open({ node: firstFigure + other }) }, valueText(figures[other])));
  return [
    make("h2", {}, valueText(figure)),
    make("p", { class: "class" }, icon("Metric"), [words.kinds.Metric, figure.indicator, yearText(figure)].filter(Boolean).join(" · ")),
    onSite(id),
    make("p", { class: "triple" }, say("measuresNote"), chip(figure.subject), ...areaNote(figure)),
    others.length ? make("div", { class: "warning" }, say("disagreeNote"), make("div", { class: "chips" }, ...told)) : null,
    sentences(figure.passages, marksOf([id, figure.subject])),
  ];
}
