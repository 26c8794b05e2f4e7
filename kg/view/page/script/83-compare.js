// Two districts side by side: what both have, what only the one, what only the other.
const comparedKinds = ["Program", "Organization", "Person", "Document", "Street"];

function belongsTo(id, place) {
  return id !== place && placesOf[id].has(place) && tree.hosts.has(id) && inYears(id);
}

function comparison([one, other]) {
  return comparedKinds.map((kind) => {
    const ids = things.map((thing, id) => id).filter((id) => nodes[id].kind === kind).sort((a, b) => things[b].weight - things[a].weight || a - b);
    const [here, there] = [ids.filter((id) => belongsTo(id, one)), ids.filter((id) => belongsTo(id, other))];
    const both = here.filter((id) => there.includes(id));
    return { kind, both, here: here.filter((id) => !both.includes(id)), there: there.filter((id) => !both.includes(id)) };
  });
}

function indicatorsOf(place) {
  return new Set(figures.filter((figure) => figure.area === place || figure.subject === place || placesOf[figure.subject].has(place)).map((figure) => figure.series).filter(Boolean));
}

function litOfComparison() {
  const shared = comparison(state.compare).flatMap(({ both }) => both);
  const ends = new Set(state.compare);
  const lines = shared.flatMap((id) => edgesOf[id].filter((edge) => edge < firstMeasure && ends.has(otherEnd(edges[edge], id))));
  return { nodes: new Set([...state.compare, ...shared]), edges: new Set(lines) };
}

function comparePane([one, other]) {
  const parts = comparison([one, other]).filter(({ both, here, there }) => both.length + here.length + there.length);
  const [mine, theirs] = [indicatorsOf(one), indicatorsOf(other)];
  const shared = [...mine].filter((name) => theirs.has(name)).sort();
  const sections = parts.map(({ kind, both, here, there }) => make(
    "section", { "data-kind": kind },
    make("h3", {}, icon(kind, 12), ` ${words.kinds[kind]}`),
    make("div", { class: "columns" }, column(say("both"), both), column(say("only", { name: nameOf(one) }), here), column(say("only", { name: nameOf(other) }), there)),
  ));
  if (shared.length) sections.push(make("section", {}, make("h3", {}, `${say("both")}: ${say("numbers")} (${shared.length})`), make("p", { lang: "zh" }, shared.slice(0, 40).join("、"))));
  return [make("h2", { lang: "zh" }, say("compareTitle", { a: nameOf(one), b: nameOf(other) })), ...sections];
}

function column(title, ids) {
  const more = ids.length > 30 ? [make("li", { class: "also" }, `+${ids.length - 30}`)] : [];
  const items = ids.slice(0, 30).map((id) => make("li", {}, chip(id)));
  return make("div", {}, make("h4", {}, `${title} (${ids.length})`), make("ul", {}, ...(items.length ? [...items, ...more] : [make("li", { class: "also" }, say("nothingShared"))])));
}

function fillCompare() {
  const districts = things.map((thing, id) => id).filter((id) => nodes[id].kind === "District");
  const [one, other] = [byId("compare-one"), byId("compare-other")];
  one.closest("label").hidden = districts.length < 2;
  [one, other].forEach((select) => {
    select.append(make("option", { value: "" }, "–"), ...districts.map((id) => make("option", { value: id }, nameOf(id))));
    select.addEventListener("change", () => {
      if (one.value !== "" && other.value !== "" && one.value !== other.value) open({ compare: [Number(one.value), Number(other.value)] });
    });
  });
}

// Both names stand only while the two are compared; one alone waits for the other.
function showCompare() {
  const [one, other] = [byId("compare-one"), byId("compare-other")];
  if (state.compare) [one.value, other.value] = state.compare;
  else if (one.value !== "" && other.value !== "") [one.value, other.value] = ["", ""];
}
