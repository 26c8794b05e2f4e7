// All that is seen, in pixels of the window: cells, marks, names. The pen is the canvas, or what writes an SVG or PNG.
let hovered = {};
let cursor = null; // the thing that the arrow keys have come to
let ranked = [];
let boxes = []; // names drawn, with what they name
let marks = []; // marks drawn, with their radius
let spots = []; // what a click on the picture does elsewhere than on marks and names
const TEXT = 13;
const SMALL = 12;
const TWO_LINES = 44; // height of a slot with room for a second line
const LEAST_CAP = 150; // a window of 1440×900 has no more names, and a larger one as many as it has room for at that density
const PIXELS_A_NAME = 6950;
const PLACES_SHARE = 0.76; // of the names: places come first, the largest before all, but leave some for things
const mostNames = () => Math.max(LEAST_CAP, Math.floor((stage.clientWidth * stage.clientHeight) / PIXELS_A_NAME));
let namedPlaces = new Set();
let nameless = []; // things with a slot that is open, but of which the window has no room for a name
let strongPoints = []; // of the lines that are drawn whatever they cross
const widths = new Map();
const namesDrawn = () => boxes.reduce((sum, box) => sum + (box.id !== undefined), 0);

function fontOf(size, weight = 400) {
  return `${weight} ${size}px ${colours.font}`;
}

function widthOf(pen, text, font) {
  const key = font + text;
  if (!widths.has(key)) {
    pen.font = font;
    widths.set(key, pen.measureText(text).width);
  }
  return widths.get(key);
}

// The text as far as it has room.
function fitText(pen, text, font, room) {
  if (widthOf(pen, text, font) <= room) return text;
  const letters = Array.from(text);
  let [least, most] = [0, letters.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (widthOf(pen, letters.slice(0, middle).join("") + "…", font) <= room) least = middle;
    else most = middle - 1;
  }
  return least > 0 ? letters.slice(0, least).join("") + "…" : "";
}

function canvasPen(ctx) {
  const ratio = ctx.canvas.width / stage.clientWidth;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  return ctx;
}

function inPixels(ctx, draw) {
  ctx.save();
  draw(canvasPen(ctx));
  ctx.restore();
}

function write(pen, text, x, y, { size = TEXT, weight = 400, colour = colours.ink, align = "left", halo = colours.paper } = {}) {
  pen.font = fontOf(size, weight);
  pen.textAlign = align;
  pen.textBaseline = "middle";
  if (halo) {
    pen.lineJoin = "round";
    pen.lineWidth = 3;
    pen.strokeStyle = halo;
    pen.strokeText(text, x, y);
  }
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

// Notes that a name stands here; of a line that runs through, nothing is seen under it.
function takeRoom(pen, box) {
  boxes.push(box);
  if (!strongPoints.some(({ x, y }) => x > box.left - 2 && x < box.right + 2 && y > box.top && y < box.bottom)) return;
  pen.beginPath();
  pen.roundRect(box.left - 2, box.top + 1, box.right - box.left + 4, box.bottom - box.top - 2, 4);
  pen.fillStyle = colours.paper;
  pen.globalAlpha = 0.92;
  pen.fill();
  pen.globalAlpha = 1;
}

// Radius by weight: 6 to 40 pixels across, as far as the slot has room.
function radiusOf(id) {
  const weight = isFigure(id) ? 1 : things[id].weight;
  const wanted = 3.5 + 16.5 * Math.min(1, Math.sqrt((weight - 1) / 120));
  if (frames.has(id)) return isClosed(frames.get(id)) ? 5 : 6;
  const { group, opens } = slots.get(id);
  if (!isOpenNow(opens)) return Math.min(wanted, (Math.min(group.width / group.columns, group.height / group.rows) * zoom) / 2); // lit
  const room = roomOf(slots.get(id)).height;
  return Math.max(3, Math.min(wanted, room >= TWO_LINES ? Math.min(20, room - 26) - 3 : room / 2 - 3));
}

// Where the mark of a thing stands, in the world's coordinates.
function anchorOf(id) {
  if (frames.has(id)) {
    const { x, y, width, height, header } = frames.get(id);
    if (!isClosed(frames.get(id))) return { x: headerLeft(frames.get(id)) + 11 / zoom, y: y + header / 2 };
    return { x: x + Math.min(11 / zoom, width / 2), y: y + Math.min(12 / zoom, height / 2) };
  }
  const slot = slots.get(id);
  const { x, y } = rectOf(id);
  const room = roomOf(slot);
  const across = Math.max(12, radiusOf(id) + 4);
  const down = room.height >= TWO_LINES ? Math.min(20, room.height - 26) : room.height / 2;
  return { x: x + across / zoom, y: y + down / zoom };
}

function onScreen(id) {
  return network.canvasToDOM(anchorOf(id));
}

function rankNames() {
  ranked = [...drawn].sort((one, other) => importance(other) - importance(one) || one - other);
}

// A mark without a name tells nothing: it is left out, and counted with what has no room yet.
function leaveOutNameless() {
  shownLinks = new Map(); // those before are of what may be gone
  quietLinks = [];
  paintOver(blindPen);
  if (!nameless.length) return;
  nameless.forEach((id) => drawn.delete(id));
  rankNames();
}

function drawOver(ctx) {
  inPixels(ctx, paintOver);
}

function paintOver(pen) {
  boxes = [];
  marks = [];
  nameless = [];
  namedPlaces = placesToName(pen);
  strongPoints = strongLinks().flatMap((link) => pointsOn(wayOf(link), 8));
  if (lit) drawLit(pen);
  else ranked.forEach((id) => drawLeafName(pen, id));
  drawHeaders(pen);
  if (lit) nameLit(pen);
  const marked = new Set(marks.map((mark) => mark.id)); // a place without a mark has no corner for the sign
  ranked.forEach((id) => (lit ? lit.nodes.has(id) : marked.has(id)) && isDisputed(id) && drawDispute(pen, id));
  [state.node, cursor].forEach((id, index) => id !== null && drawn.has(id) && drawRing(pen, id, index === 1));
}

function drawMark(ctx, id) {
  inPixels(ctx, (pen) => paintMark(pen, id));
}

function paintMark(pen, id) {
  const { x, y } = onScreen(id);
  if (frames.has(id) && isClosed(frames.get(id)) && (!lit || standsIn(id, litCell()) || isBareTile(pen, id))) return; // drawn with its name
  if (isBareHeader(pen, id)) return;
  paintSign(pen, nodes[id].kind, x, y, radiusOf(id));
  if (!isLedByHost(id)) return;
  pen.beginPath();
  pen.arc(x, y, radiusOf(id) + 2.5, 0, 2 * Math.PI);
  pen.lineWidth = 1.6;
  pen.strokeStyle = colours.ledBy;
  pen.stroke();
}

const corners = {
  diamond: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  square: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
  triangle: [[0, -1.1], [1.05, 0.85], [-1.05, 0.85]],
  hexagon: [[-0.5, -0.95], [0.5, -0.95], [1, 0], [0.5, 0.95], [-0.5, 0.95], [-1, 0]],
};

function paintSign(pen, kind, x, y, r) {
  const points = corners[shapeOfKind.get(kind)];
  pen.beginPath();
  if (!points) pen.arc(x, y, r, 0, 2 * Math.PI);
  else points.forEach(([right, down], n) => (n ? pen.lineTo(x + right * r, y + down * r) : pen.moveTo(x + right * r, y + down * r)));
  pen.closePath();
  pen.fillStyle = colours[kind];
  pen.fill();
}

// The second line of a slot: which places share it, who leads it, what post someone has, the year of a number.
function captionOf(id) {
  if (isFigure(id)) return yearText(figures[id - firstFigure]);
  const { group } = slots.get(id) || {};
  if (group && group.title === "shared") return districtsOf(id).map(nameOf).join("、");
  const leaders = edgesOf[id].filter((edge) => edges[edge].label === "ledBy" && edges[edge].from === id).map((edge) => nameOf(edges[edge].to));
  if (leaders.length) return say("ledByShort", { name: leaders.join("、") });
  return things[id].role || "";
}

// The second line as far as it has room; one that would tell no name is left out.
function fitCaption(pen, id, room) {
  const whole = captionOf(id);
  const text = fitText(pen, whole, fontOf(SMALL), room);
  const lead = say("ledByShort", { name: "" }).trim();
  return text === whole || !whole.startsWith(lead) || text.length > lead.length + 3 ? text : "";
}

// The districts of a thing, and those of its places that neither lie in one of them nor hold one: cities, provinces.
function districtsOf(id) {
  const { districts = [], homes = [] } = things[id];
  const isTold = (place) => districts.some((district) => district === place || isAround(district, place) || isAround(place, district));
  return [...districts, ...homes.filter((home) => !isTold(home))];
}

function drawLeafName(pen, id) {
  if (frames.has(id)) return;
  const at = onScreen(id);
  if (at.x < -200 || at.y < -20 || at.x > stage.clientWidth || at.y > stage.clientHeight + 20) return;
  const r = radiusOf(id);
  if (namesDrawn() >= mostNames() - namedPlaces.size && !lit?.drawn.has(id)) return nameless.push(id);
  marks.push({ id, x: at.x, y: at.y, r });
  const left = network.canvasToDOM(rectOf(id)).x;
  const room = roomOf(slots.get(id));
  const x = at.x + r + 6;
  const folded = isPlace(id) ? foldedIn(id).length : 0;
  const width = left + room.width - x - 5 - (folded ? 30 : 0);
  const font = fontOf(TEXT);
  const text = fitText(pen, nameOf(id), font, width);
  if (!text) return;
  const caption = room.height >= TWO_LINES ? fitCaption(pen, id, width) : "";
  const drawnWide = Math.max(widthOf(pen, text, font), caption ? widthOf(pen, caption, fontOf(SMALL)) : 0);
  takeRoom(pen, { left: x, right: x + drawnWide, top: at.y - 9, bottom: at.y + (caption ? 24 : 9), id });
  const emphasis = id === hovered.node ? 650 : 400;
  write(pen, text, x, at.y, { weight: emphasis });
  if (caption) write(pen, caption, x, at.y + 16, { size: SMALL, colour: colours.soft });
  if (folded) drawChip(pen, x + widthOf(pen, text, font) + 6, at.y, [["", `+${folded}`]], () => unfold(id), say("unfold", { n: folded }));
}

function isDisputed(id) {
  if (isFigure(id)) return figures[id - firstFigure].disputed;
  return figuresOf[id].some((index) => figures[index].disputed);
}

function drawDispute(pen, id) {
  const { x, y } = onScreen(id);
  const r = radiusOf(id);
  pen.beginPath();
  pen.arc(x - r * 0.6 - 1, y - r * 0.6 - 1, 6, 0, 2 * Math.PI);
  pen.fillStyle = colours.warn;
  pen.fill();
  write(pen, "!", x - r * 0.6 - 1, y - r * 0.6 - 0.5, { size: 10, weight: 700, colour: colours.paper, align: "center", halo: null });
}

function drawRing(pen, id, dashed) {
  const { x, y } = onScreen(id);
  pen.beginPath();
  pen.arc(x, y, radiusOf(id) + 4, 0, 2 * Math.PI);
  pen.lineWidth = 2.5;
  pen.strokeStyle = colours.accent;
  if (dashed) pen.setLineDash([5, 3]);
  pen.stroke();
  pen.setLineDash([]);
}
