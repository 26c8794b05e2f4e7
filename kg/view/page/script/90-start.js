// Keys and buttons, and the first look.
function showState({ move = false, focus = false, refit = false }) {
  makeRoomFor(state.node);
  arrange();
  showPane(focus); // what stands in it depends on the tree
  showFilters();
  showCompare();
  showTable();
  if (refit) fit();
  else if (move && isOpen()) moveToOpen(move === "near");
  byId("filters").classList.remove("open");
  byId("toggle-filters").setAttribute("aria-expanded", "false");
}

// What is open must be on the picture: the places around it are opened, if the reader shut them.
function makeRoomFor(id) {
  if (id !== null) chainOf(id).forEach((place) => state.shut.delete(place));
}

// From the cursor to the nearest visible node in the direction of an arrow key.
function step(right, down) {
  const start = cursor ?? state.node;
  if (start === null || !drawn.has(start)) {
    cursor = ranked[0] ?? null;
  } else {
    const from = anchorOf(start);
    let nearest = Infinity;
    drawn.forEach((id) => {
      const to = anchorOf(id);
      const ahead = (to.x - from.x) * right + (to.y - from.y) * down;
      const aside = Math.abs((to.x - from.x) * down) + Math.abs((to.y - from.y) * right);
      if (id === start || ahead <= 0 || ahead < aside * 0.6) return;
      if (ahead + 2 * aside < nearest) [nearest, cursor] = [ahead + 2 * aside, id];
    });
  }
  if (cursor === null) return;
  const at = onScreen(cursor);
  const area = freeArea();
  if (at.x < 40 || at.y < 40 || at.x > area.width - 40 || at.y > area.height - 40) moveTo(anchorOf(cursor).x, anchorOf(cursor).y, zoom, false);
  announce(heardOf(cursor));
  network.redraw();
}

// What a screen reader says of a thing that the arrow keys come to: its name, class and place, and how much is told of it.
function heardOf(id) {
  const told = say("opened", { name: nameOf(id), kind: words.kinds[nodes[id].kind] });
  if (isFigure(id)) return told;
  const where = (isPlace(id) ? chainOf(id).slice(0, 1) : districtsOf(id)).map(nameOf);
  const links = edgesOf[id].filter((edge) => edge < firstMeasure).length;
  return [told, ...where, say("heard", { links, numbers: figuresOf[id].length })].join(", ");
}

const stageKeys = {
  ArrowRight: () => step(1, 0), ArrowLeft: () => step(-1, 0), ArrowDown: () => step(0, 1), ArrowUp: () => step(0, -1),
  Enter: () => cursor !== null && open({ node: cursor, move: "near", focus: true }),
  "+": () => zoomAt(1.25), "=": () => zoomAt(1.25), "-": () => zoomAt(0.8), 0: () => fit(),
};
const zoomKeys = new Set(["+", "=", "-", "0"]);

// Around the thing that the arrow keys have come to, if they have.
function zoomAt(factor) {
  if (cursor === null || !drawn.has(cursor)) return zoomBy(factor);
  const [least, most] = zoomBounds();
  const { x, y } = anchorOf(cursor);
  return moveTo(x, y, Math.min(most, Math.max(least, zoom * factor)), false);
}

function pageKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName);
  if (event.key === "/" && !typing) {
    event.preventDefault();
    box.focus();
  } else if (event.key === "Escape") {
    const inPane = pane.contains(document.activeElement);
    close();
    if (inPane) stage.focus();
  } else if (event.target === document.body || (!typing && zoomKeys.has(event.key) && event.target !== stage)) stageKey(event);
}

// The keys of the picture, which are its own too while nothing has the focus; those that zoom need none.
function stageKey(event) {
  if (!(event.key in stageKeys) || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  if (event.target === document.body) stage.focus();
  stageKeys[event.key]();
}

function startKeys() {
  document.addEventListener("keydown", pageKey);
  stage.addEventListener("keydown", stageKey);
  stage.addEventListener("blur", () => {
    cursor = null;
    network.redraw();
  });
  byId("close").addEventListener("click", () => {
    close();
    stage.focus();
  });
  byId("back").addEventListener("click", () => history.back());
  byId("fit").addEventListener("click", () => fit());
  byId("zoom-in").addEventListener("click", () => zoomBy(1.5));
  byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.5));
  const savers = { "save-image": saveImage, "save-drawing": saveDrawing, "save-table": saveTable, "save-graph": saveGraph, print: () => window.print() };
  Object.entries(savers).forEach(([id, act]) => byId(id).addEventListener("click", () => {
    byId("save").open = false;
    act();
  }));
  window.addEventListener("beforeprint", fillSheet);
  window.addEventListener("afterprint", clearSheet);
  byId("toggle-filters").addEventListener("click", () => {
    const open = byId("filters").classList.toggle("open");
    byId("toggle-filters").setAttribute("aria-expanded", open);
  });
}

readAddress();
startNetwork();
fillLegend();
fillChoices();
fillCompare();
startSearch();
startList();
startKeys();
showNotice();
makeRoomFor(state.node);
arrange();
showPane(false);
fit();
showFilters();
showCompare();
showTable();
if (state.camera) showCamera();
else if (isOpen()) moveToOpen();
if (state.query) {
  box.value = state.query;
  search();
}

// For those who look under the hood, and our tests: what is drawn where.
window.kgView = Object.freeze({
  state: () => JSON.parse(JSON.stringify(state, (key, value) => (value instanceof Set ? [...value].sort() : value))),
  names: () => boxes.map(({ left, right, top, bottom, id }) => ({ left, right, top, bottom, id })),
  marks: () => marks.map((mark) => ({ ...mark })),
  cells: () => [...frames].map(([id, frame]) => ({ id, name: nameOf(id), host: tree.hosts.get(id), closed: isClosed(frame), ...boxOf(frame) })),
  links: () => [...shownLinks.values()].map((link) => ({ from: nameOf(link.start), to: nameOf(link.end), label: link.label, ids: [link.start, link.end], told: link.ids.length, inside: link.inside, points: pointsOn(wayOf(link), 8) })),
  spots: () => spots.map(({ left, right, top, bottom, title }) => ({ left, right, top, bottom, title })),
  drawn: () => [...drawn].map((id) => ({ id, kind: nodes[id].kind, name: nameOf(id) })),
  visible: () => [...visible].map((id) => ({ id, kind: nodes[id].kind, name: nameOf(id) })),
  zoom: () => zoom,
  zoomBy,
  at: (id) => onScreen(shownFor(id)),
  find: (name) => nodes.findIndex((node) => node.label === name),
});
