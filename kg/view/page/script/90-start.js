// Keys and buttons, and the first look.
function showState({ move = false, focus = false, refit = false }) {
  showVisible();
  showFilters();
  showPane(focus);
  if (state.node === null && state.edge === null) {
    if (refit) fit();
  } else if (move) moveToOpen();
  byId("filters").classList.remove("open");
  byId("toggle-filters").setAttribute("aria-expanded", "false");
}

// From the cursor to the nearest visible node in the direction of an arrow key.
function step(right, down) {
  const start = cursor ?? state.node;
  if (start === null || !visible.has(start)) {
    cursor = ranked[0] ?? null;
  } else {
    let nearest = Infinity;
    visible.forEach((id) => {
      const x = nodes[id].x - nodes[start].x;
      const y = nodes[id].y - nodes[start].y;
      const ahead = x * right + y * down;
      const aside = Math.abs(x * down) + Math.abs(y * right);
      if (id === start || ahead <= 0 || ahead < aside * 0.6) return;
      if (ahead + 2 * aside < nearest) [nearest, cursor] = [ahead + 2 * aside, id];
    });
  }
  if (cursor === null) return;
  const at = network.canvasToDOM(nodes[cursor]);
  const area = freeArea();
  if (at.x < 40 || at.y < 40 || at.x > area.width - 40 || at.y > area.height - 40) moveTo(nodes[cursor].x, nodes[cursor].y, network.getScale(), false);
  announce(say("opened", { name: nameOf(cursor), kind: words.kinds[nodes[cursor].kind] }));
  network.redraw();
}

function zoom(factor) {
  const { x, y } = network.getViewPosition();
  network.moveTo({ position: { x, y }, scale: Math.min(5, Math.max(0.02, network.getScale() * factor)) });
}

const stageKeys = {
  ArrowRight: () => step(1, 0), ArrowLeft: () => step(-1, 0), ArrowDown: () => step(0, 1), ArrowUp: () => step(0, -1),
  Enter: () => cursor !== null && open({ node: cursor, move: "near", focus: true }),
  "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: () => fit(),
};

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
  }
}

function startKeys() {
  document.addEventListener("keydown", pageKey);
  stage.addEventListener("keydown", (event) => {
    if (!(event.key in stageKeys) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    stageKeys[event.key]();
  });
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
  byId("save-image").addEventListener("click", saveImage);
  byId("save-table").addEventListener("click", saveTable);
  byId("toggle-filters").addEventListener("click", () => {
    const open = byId("filters").classList.toggle("open");
    byId("toggle-filters").setAttribute("aria-expanded", open);
  });
}

readAddress();
startNetwork();
fillLegend();
fillChoices();
startSearch();
startKeys();
showNotice();
showVisible();
showFilters();
fit();
showPane(false);
if (state.node !== null || state.edge !== null) moveToOpen();
if (state.query) {
  box.value = state.query;
  search();
}

// For those who look under the hood, and our tests: what is drawn where.
window.kgView = Object.freeze({
  state: () => ({ ...state, kinds: [...state.kinds].sort() }),
  names: () => boxes.map(({ left, right, top, bottom, id }) => ({ left, right, top, bottom, id })),
  visible: () => [...visible].map((id) => ({ id, kind: nodes[id].kind, name: nameOf(id) })),
  at: (id) => network.canvasToDOM(nodes[id]),
  find: (name) => nodes.findIndex((node) => node.label === name),
});
