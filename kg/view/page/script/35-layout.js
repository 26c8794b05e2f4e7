// Cells within cells (a treemap) that fill the window, each with room for what it holds; within a cell a grid of slots.
// Nothing can overlap: each thing has its slot, and is drawn once the slot is large enough for its mark and name.
// Circles within circles, rings and forces were tried as well: they leave half of the window empty or hide the names.
const SLOT = { width: 132, height: 32, least: 76 };
const HEADER = 24;
const GAP = 3;
const WIDE = 1.4; // cells rather wide than high, as names are
const SPARSE = 0.25; // rows that would fill less of the height
const SPREAD = 2.5; // are made of slots so much wider than high
const ALMOST = 0.98; // half a pixel less than a slot asks for is no reason to close it
let frames = new Map(); // place -> { x, y, width, height, header, opens }: pixels at zoom 1, and the zoom that opens it
let slots = new Map(); // thing -> { group, column, row, opens }
let groups = []; // { x, y, width, height, columns, rows, title }: the grids
let world = { width: 1, height: 1 };

function layOut(width, height) {
  world = { width, height };
  frames = new Map();
  slots = new Map();
  groups = [];
  const needs = new Map();
  need(ROOT, needs);
  fillCell(ROOT, { x: 0, y: 0, width, height }, 0, needs);
}

function importance(id) {
  const weight = isFigure(id) ? 1 : things[id].weight;
  return nodes[id].kind === "Program" ? 2 * weight : weight;
}

// The leaves of a cell in three parts: what is its own, what several of its places share, what no place is told of.
function partsOf(cell) {
  const sorted = [...cell.leaves].sort((one, other) => importance(other) - importance(one) || one - other);
  const shared = cell.kids.length > 1 ? sorted.filter((id) => isShared(id, cell.id)) : [];
  const rest = sorted.filter((id) => !shared.includes(id));
  const nowhere = cell.id === ROOT && cell.kids.length ? rest : [];
  return { shared, nowhere, own: rest.filter((id) => !nowhere.includes(id)) };
}

const roomFor = (count, factor = 1) => count * SLOT.width * SLOT.height * factor;

// How much room a cell asks for: its leaves, its cells, its frame.
function need(id, needs) {
  const cell = tree.cells.get(id);
  const inner = cell.shut ? roomFor(1) : roomFor(cell.leaves.length) + cell.kids.reduce((sum, kid) => sum + need(kid, needs), 0);
  const whole = inner + (HEADER + 6 * GAP) * Math.sqrt(inner);
  needs.set(id, whole);
  return whole;
}

function fillCell(id, rect, opens, needs) {
  const cell = tree.cells.get(id);
  const { shared, nowhere, own } = partsOf(cell);
  const items = cell.kids.map((kid) => ({ kid, need: needs.get(kid) }));
  const foot = footFor(own.length, items, rect, opens);
  if (foot) {
    placeLeaves(own, { ...rect, y: rect.y + rect.height - foot, height: foot }, opens, null, id);
    rect = { ...rect, height: rect.height - foot };
  } else if (own.length) items.push({ leaves: own, title: null, need: roomFor(own.length) });
  if (id === ROOT && (nowhere.length || cell.folded.length)) {
    // What no place is told of lies under all places, in a band of its own.
    const all = items.reduce((sum, item) => sum + item.need, 0);
    const share = items.length ? (0.5 * roomFor(nowhere.length)) / (all + roomFor(nowhere.length)) : 1;
    const thick = Math.min(rect.height * (items.length ? 0.4 : 1), Math.max(SLOT.height + HEADER + GAP, share * rect.height));
    placeLeaves(nowhere, { ...rect, y: rect.y + rect.height - thick, height: thick }, opens, "nowhere", id);
    rect = { ...rect, height: rect.height - thick };
  }
  giveLeast(items, rect);
  items.sort((one, other) => other.need - one.need || (one.kid ?? -1) - (other.kid ?? -1));
  if (!shared.length) return fillWith(items);
  const band = { leaves: shared, title: "shared", need: roomFor(shared.length, 1.4) };
  if (Math.max(rect.width / 2 / SLOT.width, rect.height / 3.4 / (HEADER + SLOT.height)) < 1) {
    return fillWith([...items, band].sort((one, other) => other.need - one.need)); // no room for a band yet
  }
  // What several places share stands between them.
  const sums = [0, 0];
  const halves = [[], []];
  items.forEach((item) => {
    const side = sums[0] <= sums[1] ? 0 : 1;
    sums[side] += item.need;
    halves[side].push(item);
  });
  const [first, middle, last] = inThree(rect, sums, band);
  treemap(halves[0], first).forEach(put);
  put({ ...band, rect: middle });
  return treemap(halves[1], last).forEach(put);

  function fillWith(all) {
    treemap(all, rect).forEach(put);
  }
  function put(item) {
    if (item.kid === undefined) placeLeaves(item.leaves, item.rect, opens, item.title, id);
    else placeCell(item.kid, item.rect, opens, needs);
  }
}

// The height of rows under the cells for a few things that would else stand in a column too narrow for their names.
function footFor(count, items, { width, height }, opens) {
  if (!count || !items.length) return 0;
  const scale = 1 / Math.max(1, opens);
  const share = roomFor(count) / items.reduce((sum, item) => sum + item.need, roomFor(count));
  const columns = Math.floor(width / scale / SLOT.width);
  const thick = Math.ceil(count / Math.max(1, columns)) * SLOT.height * scale;
  return columns > 1 && share < 0.25 && thick < 0.3 * height ? thick : 0;
}

// Small places get as much as their name needs, where there is room for that.
function giveLeast(items, { width, height }) {
  const least = 100 * HEADER * 1.2;
  if (items.length * least > 0.4 * width * height) return;
  const scale = items.reduce((sum, item) => sum + item.need, 0) / (width * height);
  items.forEach((item) => {
    item.need = Math.max(item.need, least * scale);
  });
}

// A band across the rectangle, with the rest before and after it by their need; lying where that wastes fewer slots.
function inThree({ x, y, width, height }, sums, band) {
  const share = band.need / (sums[0] + sums[1] + band.need);
  const columns = Math.max(1, Math.floor(width / SLOT.width));
  const rows = Math.max(1, Math.floor((height - HEADER) / SLOT.height));
  const lying = Math.ceil(band.leaves.length / columns) * columns <= Math.ceil(band.leaves.length / rows) * rows || height > width;
  const [length, slot] = lying ? [height, SLOT.height * 1.45 + HEADER + 2] : [width, SLOT.width + 12];
  const thick = Math.min(Math.max(length * share, slot), length * Math.max(share, 0.3));
  const before = ((length - thick) * sums[0]) / (sums[0] + sums[1]);
  const cut = (from, size) => (lying ? { x, y: y + from, width, height: size } : { x: x + from, y, width: size, height });
  return [cut(0, before), cut(before, thick), cut(before + thick, length - thick - before)];
}

function placeCell(id, rect, opens, needs) {
  const [aside, above] = [Math.min(GAP, rect.width / 10), Math.min(GAP, rect.height / 10)];
  const [x, y] = [rect.x + aside, rect.y + above];
  const [width, height] = [rect.width - 2 * aside, rect.height - 2 * above];
  const own = Math.max(opens, (SLOT.least + 3 * GAP) / width, (HEADER + SLOT.height + GAP + 1) / height);
  const scale = 1 / Math.max(1, own);
  const header = HEADER * scale;
  const shut = tree.cells.get(id).shut;
  frames.set(id, { x, y, width, height, header, opens: shut ? Infinity : own });
  if (shut) return;
  const pad = GAP * scale;
  fillCell(id, { x: x + pad, y: y + header, width: width - 2 * pad, height: height - header - pad }, own, needs);
}

// A grid of slots. Those on even places open first as one zooms in, so the weightiest things are put there.
function placeLeaves(leaves, rect, opens, title, host) {
  const scale = 1 / Math.max(1, opens);
  const top = title ? HEADER * 0.8 * scale : 0;
  const margin = title ? GAP * scale : 0;
  let area = { x: rect.x + margin, y: rect.y + top, width: rect.width - 2 * margin, height: rect.height - top - margin };
  const from = Math.max(opens, SLOT.least / area.width, SLOT.height / area.height, 1);
  const high = title === "shared" ? SLOT.height * 1.45 : SLOT.height;
  let columns = Math.max(1, Math.floor((area.width * from) / SLOT.width));
  let rows = Math.max(1, Math.floor((area.height * from) / high));
  if (columns * rows >= leaves.length) {
    const isSparse = Math.ceil(leaves.length / columns) * high < area.height * from * SPARSE;
    if (isSparse) columns = spreadOver(leaves.length, area, columns);
    rows = Math.max(1, Math.min(rows, Math.ceil(leaves.length / columns)));
    columns = Math.max(1, Math.ceil(leaves.length / rows));
    if (isSparse) area = towardsMiddle(area, columns, rows);
  }
  while (columns * rows < leaves.length) {
    if (area.width / columns / SLOT.width >= area.height / rows / high) columns *= 2;
    else rows *= 2;
  }
  const group = { ...area, columns, rows, title, host, rect, high, leaves, opens: from };
  groups.push(group);
  const free = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) free.push({ group, column, row, opens: opensAt(group, column, row) });
  }
  free.sort((one, other) => one.opens - other.opens || one.row - other.row || one.column - other.column);
  leaves.forEach((id, index) => slots.set(id, free[index]));
}

// The columns of a few things with much room, so that they fill it rather than stand in a row at its top.
function spreadOver(count, { width, height }, most) {
  return Math.max(1, Math.min(most, Math.round(Math.sqrt((count * width) / (height * SPREAD)))));
}

// Marks stand at the top left of their slots: where these are much too large, they begin a third of one further in.
function towardsMiddle({ x, y, width, height }, columns, rows) {
  const [right, down] = [Math.max(0, width / columns - SLOT.width) / 3, Math.max(0, height / rows - SLOT.height) / 3];
  return { x: x + right, y: y + down, width: width - right, height: height - down };
}

const evenness = (n, all) => (n ? n & -n : all); // the largest power of two in a place's number

function opensAt(group, column, row) {
  const wide = Math.min(evenness(column, group.columns), group.columns - column) * (group.width / group.columns);
  const high = Math.min(evenness(row, group.rows), group.rows - row) * (group.height / group.rows);
  return Math.max(group.opens, (column ? SLOT.width : SLOT.least) / wide - 1e-9, group.high / high - 1e-9);
}

// Whether what opens at a zoom is open now. What is open when all is seen stays so in a smaller picture.
function isOpenNow(opens) {
  return Math.max(1, zoom) >= opens * ALMOST;
}

// The pixels that a slot has at this zoom: with the closed slots after it.
function roomOf({ group, column, row }) {
  const [wide, high] = [(group.width / group.columns) * zoom, (group.height / group.rows) * zoom];
  const least = ALMOST * Math.min(1, zoom);
  const stride = (size, wanted) => 2 ** Math.max(0, Math.ceil(Math.log2((wanted * least) / size) - 1e-9));
  return {
    width: Math.min(stride(wide, SLOT.width), group.columns - column) * wide,
    height: Math.min(stride(high, group.high), group.rows - row) * high,
  };
}

// Squarified, with more need for what would come out as a sliver, where there is room for that.
function treemap(items, rect) {
  let placed = squarify(items, rect);
  const ample = (rect.width * rect.height) / items.length > 3 * SLOT.width * SLOT.height;
  for (let turn = 0; ample && turn < 8; turn += 1) {
    const thin = placed.filter(({ kid, rect: { width, height } }) => Math.min(width, height) < SLOT.height || (kid === undefined && width < SLOT.least));
    if (!thin.length) break;
    const thinner = new Set(thin.map((item) => item.kid ?? item.title));
    const wider = items.map((item) => (thinner.has(item.kid ?? item.title) ? { ...item, need: item.need * 1.5 } : item));
    items = wider.sort((one, other) => other.need - one.need || (one.kid ?? -1) - (other.kid ?? -1));
    placed = squarify(items, rect);
  }
  return placed;
}

// Squarified treemap (Bruls, Huizing, van Wijk 2000): rectangles by need, as near to squares as may be.
function squarify(items, rect) {
  let [x, y, width, height] = [rect.x / WIDE, rect.y, rect.width / WIDE, rect.height];
  const placed = [];
  let left = items.reduce((sum, item) => sum + item.need, 0);
  const waiting = [...items];
  while (waiting.length) {
    const side = Math.min(width, height);
    const scale = (width * height) / left;
    let row = [];
    let worst = Infinity;
    while (waiting.length) {
      const next = [...row, waiting[0]];
      const thick = (next.reduce((sum, item) => sum + item.need, 0) * scale) / side;
      const ratio = Math.max(...next.map((item) => Math.max((item.need * scale) / thick ** 2, thick ** 2 / (item.need * scale))));
      if (row.length && ratio > worst) break;
      [row, worst] = [next, ratio];
      waiting.shift();
    }
    const sum = row.reduce((total, item) => total + item.need, 0);
    const thick = (sum * scale) / side;
    const upright = width >= height;
    let along = 0;
    row.forEach((item) => {
      const length = (item.need * scale) / thick;
      const own = upright ? { x, y: y + along, width: thick, height: length } : { x: x + along, y, width: length, height: thick };
      placed.push({ ...item, rect: { ...own, x: own.x * WIDE, width: own.width * WIDE } });
      along += length;
    });
    left -= sum;
    if (upright) [x, width] = [x + thick, width - thick];
    else [y, height] = [y + thick, height - thick];
  }
  return placed;
}
