// Regions under the network; over it the veil, what is lit, the names that find room, and marks.
let hovered = {};
let cursor = null; // the node that the arrow keys have come to
let ranked = [];
let boxes = []; // of the names drawn, in the canvas's pixels
const widths = new Map();
const levels = { City: 0, District: 0, Province: 0, Program: 1, Street: 1 };

function hover(what) {
  hovered = what;
  network.redraw();
}

// Names are placed in this order, so that the weighty ones find room.
function rankNames() {
  const weight = (id) => (isFigure(id) ? 0 : things[id].weight);
  const level = (id) => levels[nodes[id].kind] ?? 2;
  ranked = [...visible].sort((one, other) => level(one) - level(other) || weight(other) - weight(one) || one - other);
}

function drawRegions(ctx) {
  ctx.save();
  ctx.lineWidth = 1 / network.getScale();
  ctx.fillStyle = colours.region;
  ctx.strokeStyle = colours["region-line"];
  page.regions.forEach(([id, x, y, width, height]) => {
    if (!visible.has(id)) return;
    ctx.beginPath();
    ctx.ellipse(x, y, width, height, 0, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  });
  ctx.restore();
}

function drawOver(ctx) {
  const scale = network.getScale();
  if (lit) drawLit(ctx);
  boxes = [];
  const before = [state.node, hovered.node, cursor].filter((id) => id !== null && id !== undefined && visible.has(id));
  const order = [...new Set([...before, ...(lit ? ranked.filter((id) => lit.nodes.has(id)) : ranked)])];
  order.forEach((id) => drawName(ctx, id, scale, before.includes(id)));
  drawEdgeNames(ctx, scale);
  order.forEach((id) => isDisputed(id) && drawMark(ctx, id, scale));
  [state.node, cursor].forEach((id, index) => id !== null && visible.has(id) && drawRing(ctx, id, scale, index === 1));
}

function drawLit(ctx) {
  const { edges: drawnEdges, nodes: drawnNodes } = network.body;
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.fillStyle = colours.veil;
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  ctx.restore();
  lit.edges.forEach((id) => {
    const edge = drawnEdges[id];
    if (!edge || !edge.connected) return;
    const usual = edge.options.color;
    edge.options.color = { ...usual, color: colours["edge-strong"] };
    edge.draw(ctx);
    edge.options.color = usual;
  });
  lit.nodes.forEach((id) => drawnNodes[id] && drawnNodes[id].draw(ctx));
}

function fontOf(id) {
  const { kind } = nodes[id];
  if (kind === "District" || kind === "City" || kind === "Province") return `600 15px ${colours.font}`;
  return `${id === state.node ? "600 " : ""}${kind === "Street" || kind === "Program" ? 12.5 : 12}px ${colours.font}`;
}

function widthOf(ctx, text, font) {
  const key = font + text;
  if (!widths.has(key)) {
    ctx.font = font;
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}

// Draws a text in the canvas's own pixels, unless it would cover another one and must not.
function place(ctx, { text, font, at, colour, force, id }) {
  const width = widthOf(ctx, text, font);
  const box = { left: at.x - width / 2 - 3, right: at.x + width / 2 + 3, top: at.y - 1, bottom: at.y + 17, id };
  const { clientWidth, clientHeight } = stage;
  if (box.right < 0 || box.left > clientWidth || box.bottom < 0 || box.top > clientHeight) return;
  const meets = (other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
  if (!force && boxes.some(meets)) return;
  boxes.push(box);
  const ratio = ctx.canvas.width / clientWidth;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.font = font;
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = colours.paper;
  ctx.strokeText(text, at.x, at.y + 1);
  ctx.fillStyle = colour;
  ctx.fillText(text, at.x, at.y + 1);
  ctx.restore();
}

function drawName(ctx, id, scale, force) {
  const { x, y, size } = nodes[id];
  const at = network.canvasToDOM({ x, y });
  at.y += size * scale + 3;
  const text = shorten(nameOf(id), force ? 30 : 14);
  place(ctx, { text, font: fontOf(id), at, colour: isFigure(id) ? colours.soft : colours.ink, force, id });
}

function drawEdgeNames(ctx) {
  const shown = lit ? [...lit.edges].filter((id) => id < firstMeasure && visible.has(edges[id].from) && visible.has(edges[id].to)) : [];
  if (hovered.edge !== undefined && hovered.edge < firstMeasure) shown.unshift(hovered.edge);
  new Set(shown.slice(0, 80)).forEach((id) => {
    const { from, to, label } = edges[id];
    const at = network.canvasToDOM({ x: (nodes[from].x + nodes[to].x) / 2, y: (nodes[from].y + nodes[to].y) / 2 });
    at.y -= 9;
    const force = id === hovered.edge || id === state.edge;
    place(ctx, { text: words.predicates[label], font: `italic 11px ${colours.font}`, at, colour: colours.soft, force });
  });
}

function isDisputed(id) {
  if (isFigure(id)) return figures[id - firstFigure].disputed;
  return figuresOf[id].some((index) => figures[index].disputed);
}

function drawMark(ctx, id, scale) {
  const { x, y, size } = nodes[id];
  const r = 7 / scale;
  ctx.save();
  ctx.translate(x + size * 0.8 + r * 0.4, y - size * 0.8 - r * 0.4);
  ctx.beginPath();
  ctx.arc(0, 0, r, 0, 2 * Math.PI);
  ctx.fillStyle = colours.warn;
  ctx.fill();
  ctx.fillStyle = colours.paper;
  ctx.font = `700 ${11 / scale}px ${colours.font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText("!", 0, 0.5 / scale);
  ctx.restore();
}

function drawRing(ctx, id, scale, dashed) {
  const { x, y, size } = nodes[id];
  ctx.save();
  ctx.beginPath();
  ctx.arc(x, y, size + 5 / scale, 0, 2 * Math.PI);
  ctx.lineWidth = 2.5 / scale;
  ctx.strokeStyle = colours.accent;
  if (dashed) ctx.setLineDash([5 / scale, 3 / scale]);
  ctx.stroke();
  ctx.restore();
}

function nameAt({ x, y }) {
  const box = boxes.find((one) => one.id !== undefined && x >= one.left && x <= one.right && y >= one.top && y <= one.bottom);
  return box && box.id;
}
