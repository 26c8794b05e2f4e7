// vis-network holds what is drawn now, moves the camera, and tells what is under the pointer; the parts are drawn by us.
const stage = byId("network");
let colours = {};
const LEAST_ZOOM = 0.6;
const shownNodes = new vis.DataSet();
let network;
let drawn = new Set(); // nodes on the canvas at this zoom
let zoom = 1;
let fitted = true; // whether the whole picture is in sight, so that it stays so in a window of another size
let refreshed = { zoom: 0, x: 0, y: 0 };

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["paper", "ink", "soft", "accent", "card", "warn", "veil", "edge", "edge-strong", "tile", "tile-line", "ledBy", "involves", "partOf", ...kindNames];
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  colours.font = style.getPropertyValue("--font").trim();
}

// The mark of a thing is drawn at its slot in pixels of the screen, whatever the zoom.
function drawnNode(id) {
  return { id, ...anchorOf(id), shape: "custom", ctxRenderer: ({ ctx }) => ({ drawNode: () => drawn.has(id) && drawMark(ctx, id), nodeDimensions: { width: 2, height: 2 } }) };
}

function startNetwork() {
  readColours();
  network = new vis.Network(stage, { nodes: shownNodes, edges: [] }, page.options);
  stage.firstElementChild.tabIndex = -1; // the keys are those of the stage around it
  network.on("click", ({ pointer }) => openAt(pointer.DOM));
  network.on("doubleClick", ({ pointer }) => zoomIntoAt(pointer.DOM));
  network.on("beforeDrawing", beforeDrawing);
  network.on("afterDrawing", drawOver);
  network.on("zoom", boundZoom);
  network.on("dragEnd", settle);
  network.on("animationFinished", settle);
  stage.addEventListener("pointermove", ({ offsetX, offsetY, buttons }) => !buttons && hoverAt({ x: offsetX, y: offsetY }));
  stage.addEventListener("pointerleave", () => hover({}));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  new ResizeObserver(() => requestAnimationFrame(resized)).observe(byId("stage"));
}

function recolour() {
  readColours();
  network.redraw();
}

function resized() {
  const { clientWidth, clientHeight } = stage;
  if (Math.abs(clientWidth - world.width) < 2 && Math.abs(clientHeight - world.height) < 2) return;
  const { x, y } = network.getViewPosition();
  const middle = { x: x / world.width, y: y / world.height };
  arrange();
  if (fitted) fit();
  else moveTo(middle.x * world.width, middle.y * world.height, zoom, false);
}

// Lays out anew what the filters let through, and shows what this zoom has room for.
function arrange() {
  growTree();
  layOut(Math.max(120, stage.clientWidth), Math.max(120, stage.clientHeight));
  visible = findVisible();
  lit = findLit();
  refresh();
}

function zoomBounds() {
  const deepest = Math.max(1, ...[...slots.values()].map((slot) => slot.opens), ...[...frames.values()].map(({ opens }) => (opens < Infinity ? opens : 1)));
  return [LEAST_ZOOM, Math.max(4, deepest * 2)];
}

function boundZoom() {
  const scale = network.getScale();
  const [least, most] = zoomBounds();
  if (scale < least || scale > most) network.moveTo({ scale: Math.min(most, Math.max(least, scale)) });
}

// After a move: the middle of the view stays within the picture, and the address keeps it.
function settle() {
  const { x, y } = network.getViewPosition();
  const pad = isOpen() ? 200 / zoom : 0; // what stands at the edge may be moved out from under the pane
  const inside = { x: Math.min(world.width + pad, Math.max(0, x)), y: Math.min(world.height + pad, Math.max(0, y)) };
  if (inside.x !== x || inside.y !== y) network.moveTo({ position: inside });
  refresh();
  fitted = zoom < 1.05;
  keepCamera();
}

let keeping = null;
function keepCamera() {
  clearTimeout(keeping);
  keeping = setTimeout(() => {
    const { x, y } = network.getViewPosition();
    state.camera = zoom < 1.02 ? null : [(x / world.width).toFixed(3), (y / world.height).toFixed(3), zoom.toFixed(2)].map(Number);
    writeAddress(false);
  }, 250);
}

// The place and zoom that the address keeps: of the whole canvas, whatever pane covers a part of it.
function showCamera() {
  const [x, y, scale] = state.camera;
  network.moveTo({ position: { x: x * world.width, y: y * world.height }, scale });
  boundZoom();
  settle();
}

function beforeDrawing(ctx) {
  zoom = network.getScale();
  const { x, y } = network.getViewPosition();
  const moved = Math.abs(x - refreshed.x) * zoom > stage.clientWidth / 3 || Math.abs(y - refreshed.y) * zoom > stage.clientHeight / 3;
  if (moved || Math.abs(Math.log(zoom / refreshed.zoom)) > 0.04) setTimeout(refresh, 0);
  drawn.forEach((id) => {
    const node = network.body.nodes[id];
    if (node) Object.assign(node, anchorOf(id));
  });
  inPixels(ctx, (pen) => {
    paintCells(pen);
    paintLines(pen);
  });
}

// Brings the canvas to what this zoom and place have room for, by adding and removing only what differs.
function refresh() {
  zoom = network.getScale();
  refreshed = { zoom, ...network.getViewPosition() };
  drawn = findDrawn();
  rankNames();
  leaveOutNameless();
  const here = new Set(shownNodes.getIds());
  const gone = [...here].filter((id) => !drawn.has(id));
  const come = [...drawn].filter((id) => !here.has(id));
  linkUp();
  tellShown();
  if (gone.length) shownNodes.remove(gone);
  if (come.length) shownNodes.add(come.map(drawnNode));
  network.redraw();
}

function isClosed(frame) {
  return !isOpenNow(frame.opens);
}

// What there is room for: places whose cell is large enough to tell, things whose slot has opened, and what is lit.
function findDrawn() {
  const found = new Set();
  const view = viewOf(0.5);
  const near = (rect) => rect.x < view.right && rect.x + rect.width > view.left && rect.y < view.bottom && rect.y + rect.height > view.top;
  const walk = (id) => {
    const frame = frames.get(id);
    if (frame) {
      if (!near(frame) || frame.width * zoom < 14 || frame.height * zoom < 12) return;
      found.add(id);
      if (isClosed(frame)) return;
    }
    const cell = tree.cells.get(id);
    cell.kids.forEach(walk);
    cell.leaves.forEach((leaf) => slots.has(leaf) && visible.has(leaf) && isOpenNow(slots.get(leaf).opens) && found.add(leaf));
  };
  walk(ROOT);
  if (lit) {
    lit.drawn = new Set([...lit.nodes].map(shownFor).filter((id) => id !== null));
    lit.drawn.forEach((id) => found.add(id));
  }
  return found;
}

function viewOf(margin) {
  const { x, y } = network.getViewPosition();
  const wide = (stage.clientWidth / zoom) * (0.5 + margin);
  const high = (stage.clientHeight / zoom) * (0.5 + margin);
  return { left: x - wide, right: x + wide, top: y - high, bottom: y + high };
}

// The part of the canvas that no pane covers, in its pixels.
function freeArea() {
  const { width, height, left, top } = stage.getBoundingClientRect();
  if (pane.hidden) return { x: 0, y: 0, width, height };
  const cover = pane.getBoundingClientRect();
  if (cover.left > left + 40) return { x: 0, y: 0, width: Math.max(80, cover.left - left), height };
  return { x: 0, y: 0, width, height: Math.max(80, cover.top - top) };
}

function fit() {
  const area = freeArea();
  moveTo(world.width / 2, world.height / 2, Math.max(LEAST_ZOOM, Math.min(1, area.width / world.width, area.height / world.height)), false);
}

// The middle nearest to one wanted with which the picture leaves no part of the window empty.
function nearestMiddle(x, y, scale) {
  const area = freeArea();
  const clamp = (at, half, size) => (size <= 2 * half ? size / 2 : Math.min(size - half, Math.max(half, at)));
  return { x: clamp(x, area.width / 2 / scale, world.width), y: clamp(y, area.height / 2 / scale, world.height) };
}

// Puts a point of the world into the middle of what no pane covers, or as near to it as the picture reaches.
function moveTo(x, y, scale, smooth) {
  const area = freeArea();
  const whole = stage.getBoundingClientRect();
  const offset = { x: area.x + area.width / 2 - whole.width / 2, y: area.y + area.height / 2 - whole.height / 2 };
  const still = !smooth || matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.moveTo({ position: nearestMiddle(x, y, scale), scale, offset, animation: still ? false : { duration: 250, easingFunction: "easeOutQuad" } });
  if (still) settle();
}

// Zooms so that a rectangle of the world fills the free part of the window; of one too large its beginning is seen.
function zoomTo(rect, least = 1, smooth = true) {
  const area = freeArea();
  const scale = Math.min((area.width - 20) / rect.width, (area.height - 20) / rect.height);
  const [low, high] = zoomBounds();
  const fitting = Math.min(high, Math.max(low, least, scale));
  const middle = (from, size, room) => from + Math.min(size / 2, room / 2 / fitting);
  moveTo(middle(rect.x, rect.width, area.width), middle(rect.y, rect.height, area.height), fitting, smooth);
}

function zoomBy(factor) {
  const [least, most] = zoomBounds();
  network.moveTo({ scale: Math.min(most, Math.max(least, network.getScale() * factor)) });
  settle();
}

// Brings what is open into view, with its neighbours if they have room: by as little as will do.
function moveToOpen(near = false) {
  if (!lit || !lit.drawn.size) return;
  const shown = state.node === null ? null : shownFor(state.node);
  if (shown !== null && frames.has(shown) && frames.get(shown).opens < Infinity) return moveToPlace(frames.get(shown), near);
  const needed = Math.max(shown === null ? 0 : opensFor(shown), apart()) * ALMOST;
  const scale = needed > zoom ? needed * 1.02 : zoom;
  const area = freeArea();
  const whole = around([...lit.drawn].map(markBox));
  const wanted = whole.width * scale <= area.width && whole.height * scale <= area.height ? whole : shown === null ? null : markBox(shown);
  const fitting = Math.min((area.width - 20) / whole.width, (area.height - 20) / whole.height);
  if (wanted === null || (wanted !== whole && fitting >= LEAST_ZOOM && fitting < scale)) return zoomTo(whole, LEAST_ZOOM);
  const still = scale === zoom;
  const now = network.DOMtoCanvas({ x: area.x + area.width / 2, y: area.y + area.height / 2 });
  const start = still ? now : { x: whole.x + whole.width / 2, y: whole.y + whole.height / 2 };
  const into = (at, half, from, size) => Math.min(from + half, Math.max(from + size - half, at));
  const x = into(start.x, area.width / 2 / scale, wanted.x, wanted.width);
  const y = into(start.y, area.height / 2 / scale, wanted.y, wanted.height);
  if (!still || x !== now.x || y !== now.y) moveTo(x, y, scale, true);
}

// The zoom at which each lit thing has a slot of its own, or as much of it as keeps them all in sight.
function apart() {
  const anchors = [...lit.drawn].map(anchorOf);
  const span = (axis) => Math.max(...anchors.map((at) => at[axis])) - Math.min(...anchors.map((at) => at[axis]));
  const area = freeArea();
  const fitting = Math.min((area.width - BESIDE.width) / span("x"), (area.height - BESIDE.height) / span("y"));
  return Math.min(fitting, Math.max(...[...lit.drawn].filter((id) => slots.has(id)).map(opensFor), 0));
}

// An open place is seen whole beside the pane, and near enough to read; one that was clicked stays where it is.
function moveToPlace(frame, near) {
  const area = freeArea();
  const box = boxOf(frame);
  const isWhole = box.x >= 0 && box.y >= 0 && box.x + box.width <= area.width && box.y + box.height <= area.height;
  const isSmall = !near && box.width < area.width * 0.4 && box.height < area.height * 0.4;
  if (!isWhole || isSmall || isClosed(frame)) zoomTo(frame, frame.opens * 1.02);
}

const BESIDE = { width: 190, height: 60 }; // a mark with its name, in pixels
function markBox(id) {
  const { x, y } = anchorOf(id);
  return { x: x - 40 / zoom, y: y - 30 / zoom, width: BESIDE.width / zoom, height: BESIDE.height / zoom };
}

function around(boxes) {
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  return { x: left, y: top, width: Math.max(...boxes.map((box) => box.x + box.width)) - left, height: Math.max(...boxes.map((box) => box.y + box.height)) - top };
}

function opensFor(id) {
  if (id === null) return 1;
  return frames.has(id) ? Math.min(frames.get(id).opens, 50) : slots.get(id).opens;
}

function rectOf(id) {
  if (frames.has(id)) return frames.get(id);
  const { group, column, row } = slots.get(id);
  const [width, height] = [group.width / group.columns, group.height / group.rows];
  return { x: group.x + column * width, y: group.y + row * height, width, height };
}
