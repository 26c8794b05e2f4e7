// vis-network draws nodes and edges where the file says; names, regions and what is lit are drawn over it.
const stage = byId("network");
let colours = {};
const shownNodes = new vis.DataSet();
const shownEdges = new vis.DataSet();
let network;

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["paper", "ink", "soft", "accent", "card", "warn", "veil", "edge", "edge-strong", "region", "region-line", ...kindNames];
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  colours.font = style.getPropertyValue("--font").trim();
}

// pyvis's node without its name: names are drawn so that none covers another.
function drawnNode(id) {
  const { x, y, shape, size, kind } = nodes[id];
  const fill = { background: colours[kind], border: colours.paper };
  return { id, x, y, shape, size, color: { ...fill, highlight: fill, hover: { background: colours[kind], border: colours.accent } } };
}

function drawnEdge(id) {
  const { label, ...edge } = edges[id];
  return { ...edge, color: { color: colours.edge, highlight: colours.accent, hover: colours.accent, inherit: false } };
}

function startNetwork() {
  readColours();
  const options = page.options;
  network = new vis.Network(stage, { nodes: shownNodes, edges: shownEdges }, options);
  network.on("click", ({ pointer }) => openAt(pointer));
  network.on("hoverNode", ({ node }) => hover({ node }));
  network.on("blurNode", () => hover({}));
  network.on("hoverEdge", ({ edge }) => hover({ edge }));
  network.on("blurEdge", () => hover({}));
  network.on("beforeDrawing", drawRegions);
  network.on("afterDrawing", drawOver);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
}

function recolour() {
  readColours();
  shownNodes.update(shownNodes.getIds().map(drawnNode));
  shownEdges.update(shownEdges.getIds().map(drawnEdge));
}

// Brings the canvas to what is visible by adding and removing only what differs.
function showVisible() {
  const now = findVisible();
  const gone = [...visible].filter((id) => !now.has(id));
  const come = [...now].filter((id) => !visible.has(id));
  visible = now;
  const wanted = new Set(visibleEdges().map((edge) => edge.id));
  shownEdges.remove(shownEdges.getIds().filter((id) => !wanted.has(id)));
  if (gone.length) shownNodes.remove(gone);
  if (come.length) shownNodes.add(come.map(drawnNode));
  shownEdges.add([...wanted].filter((id) => !shownEdges.get(id)).map(drawnEdge));
  rankNames();
  network.redraw();
}

function openAt(pointer) {
  const node = network.getNodeAt(pointer.DOM);
  if (node !== undefined) return open({ node, move: "near" });
  const named = nameAt(pointer.DOM);
  if (named !== undefined) return open({ node: named, move: "near" });
  const edge = network.getEdgeAt(pointer.DOM);
  if (edge !== undefined && edge < firstMeasure) return open({ edge, move: "near" });
  if (edge !== undefined) return open({ node: edges[edge].from, move: "near" });
  return close();
}

// The part of the canvas that no pane covers, in its pixels.
function freeArea() {
  const { width, height, left, top } = stage.getBoundingClientRect();
  const pane = byId("pane");
  if (pane.hidden) return { x: 0, y: 0, width, height };
  const cover = pane.getBoundingClientRect();
  if (cover.left > left + 40) return { x: 0, y: 0, width: Math.max(80, cover.left - left), height };
  return { x: 0, y: 0, width, height: Math.max(80, cover.top - top) };
}

function fit(ids = [...visible]) {
  if (!ids.length) return;
  const xs = ids.map((id) => nodes[id].x);
  const ys = ids.map((id) => nodes[id].y);
  page.regions.filter(([id]) => visible.has(id) && ids.length === visible.size).forEach(([, x, y, width, height]) => {
    xs.push(x - width, x + width);
    ys.push(y - height, y + height);
  });
  const [left, right, top, bottom] = [Math.min(...xs) - 50, Math.max(...xs) + 50, Math.min(...ys) - 34, Math.max(...ys) + 44];
  const area = freeArea();
  const scale = Math.min(area.width / (right - left), area.height / (bottom - top), 1.3);
  moveTo((left + right) / 2, (top + bottom) / 2, scale, false);
}

function moveTo(x, y, scale, smooth) {
  const area = freeArea();
  const whole = stage.getBoundingClientRect();
  const offset = { x: area.x + area.width / 2 - whole.width / 2, y: area.y + area.height / 2 - whole.height / 2 };
  const still = !smooth || matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.moveTo({ position: { x, y }, scale, offset, animation: still ? false : { duration: 250, easingFunction: "easeOutQuad" } });
}

// Brings what is open into view, near enough to read its neighbours' names.
function moveToOpen() {
  const scale = Math.min(Math.max(network.getScale(), 0.8), 1.6);
  if (state.node !== null) return moveTo(nodes[state.node].x, nodes[state.node].y, scale, true);
  const { from, to } = edges[state.edge];
  const area = freeArea();
  const wide = Math.abs(nodes[from].x - nodes[to].x) + 160;
  const high = Math.abs(nodes[from].y - nodes[to].y) + 120;
  const fitting = Math.min(area.width / wide, area.height / high, scale);
  return moveTo((nodes[from].x + nodes[to].x) / 2, (nodes[from].y + nodes[to].y) / 2, fitting, true);
}
