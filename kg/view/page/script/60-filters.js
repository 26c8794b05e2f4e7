// The legend, which counts and filters, and the choices under it.
function fillLegend() {
  const present = new Set(nodes.map((node) => node.kind));
  byId("legend").replaceChildren(
    ...kindNames.filter((kind) => present.has(kind)).map((kind) => {
      const button = make("button", { type: "button", "data-kind": kind, onclick: () => toggleKind(kind) });
      button.append(icon(kind), make("span", { class: "name" }, words.kinds[kind]), make("span", { class: "count" }));
      return make("li", {}, button);
    }),
  );
}

function toggleKind(kind) {
  if (!state.kinds.delete(kind)) state.kinds.add(kind);
  writeAddress(false);
  showState({});
}

function fillChoices() {
  const districts = things.map((thing, id) => id).filter((id) => nodes[id].kind === "District");
  fillSelect("district", say("allDistricts"), districts.map((id) => [id, nameOf(id)]));
  fillSelect("article", say("allArticles"), sources.map((source, index) => [index, source.headline]));
  fillYears();
  byId("reset").addEventListener("click", () => {
    Object.assign(state, { kinds: defaultKinds(), district: null, article: null, from: null, to: null, dated: false, open: new Set(), shut: new Set() });
    writeAddress(false);
    showState({ refit: true });
  });
}

function fillSelect(id, all, choices) {
  const select = byId(id);
  select.append(make("option", { value: "" }, all), ...choices.map(([value, text]) => make("option", { value }, shorten(text, 40))));
  select.parentElement.hidden = choices.length < 2;
  select.addEventListener("change", () => choose(id, select.value === "" ? null : Number(select.value)));
}

function choose(name, value) {
  state[name] = value;
  writeAddress(false);
  showState({ refit: true });
}

function showFilters() {
  const counts = new Map(kindNames.map((kind) => [kind, 0]));
  nodes.forEach((node) => passes(node.id, true) && inYears(node.id) && counts.set(node.kind, counts.get(node.kind) + 1));
  document.querySelectorAll("#legend button").forEach((button) => {
    const { kind } = button.dataset;
    button.setAttribute("aria-pressed", state.kinds.has(kind));
    button.lastChild.textContent = counts.get(kind).toLocaleString("en");
  });
  byId("district").value = state.district ?? "";
  byId("article").value = state.article ?? "";
  showYears();
  byId("counts").textContent = say("shown", { n: visible.size, all: nodes.length, edges: visibleEdges().length });
}

// What of all that the filters leave has its name, its line on the picture as it is now; standing in a place needs no line.
function tellShown() {
  const { text, isAll } = toldNow();
  byId("told").textContent = lit ? openNow() : isAll ? text : `${text} · ${say("toldRest")}`;
}

function openNow() {
  const { x, y, width, height } = freeArea();
  const hidden = [...lit.drawn].map(onScreen).filter((at) => at.x < x || at.y < y || at.x > x + width || at.y > y + height).length;
  return [say("toldLit", { n: linkedWithOpen() }), hidden ? say("outOfSight", { n: hidden }) : "", say("toldClose")].filter(Boolean).join(" · ");
}

// Of an open place what lies in it too, to which no line is drawn.
function linkedWithOpen() {
  if (state.node === null || isFigure(state.node)) return lit.nodes.size - 1;
  return new Set(edgesOf[state.node].filter((edge) => edge < firstMeasure).map((edge) => otherEnd(edges[edge], state.node))).size;
}

function toldNow() {
  const names = new Set(boxes.map((box) => box.id).filter((id) => id !== undefined)).size;
  const lines = [...shownLinks.values()].reduce((sum, { ids }) => sum + ids.length, 0);
  const all = visibleEdges().filter((edge) => !isTold(edge, edge.from, edge.to) && !isRing(edge)).length;
  const count = (n) => n.toLocaleString("en");
  const text = say("told", { names: count(names), things: count(visible.size), lines: count(lines), links: count(Math.max(all, lines)) });
  return { text, isAll: names >= visible.size && lines >= all };
}

// What is not all of it: things left out for want of room, names in the address that this page lacks.
function showNotice() {
  const lines = [];
  if (page.note) lines.push(make("p", {}, page.note));
  if (page.leftOut) lines.push(make("p", {}, say("leftOut", { n: things.length, left: page.leftOut }) + " ", make("code", {}, page.command)));
  if (deadLinks.length) lines.push(make("p", {}, say("deadLinks", { names: deadLinks.map((key) => shorten(key, 60)).join(", ") })));
  byId("notice").replaceChildren(...lines);
  byId("notice").hidden = !lines.length;
}
