// Cells of places with their header: name, what runs there, what is folded; those too small to open are tiles.
function boxOf({ x, y, width, height }) {
  const corner = network.canvasToDOM({ x, y });
  return { x: corner.x, y: corner.y, width: width * zoom, height: height * zoom };
}

function isSeen({ x, y, width, height }) {
  return x < stage.clientWidth && y < stage.clientHeight && x + width > 0 && y + height > 0;
}

function paintCells(pen) {
  const most = Math.max(1, ...[...frames.keys()].filter((id) => nodes[id].kind === "District").map((id) => countIn(id, "Program")));
  const walk = (id) => {
    const frame = frames.get(id);
    if (frame) {
      const box = boxOf(frame);
      if (!isSeen(box) || Math.min(box.width, box.height) < 2) return;
      paintFrame(pen, id, box, isClosed(frame), most);
      if (isClosed(frame)) return;
    }
    tree.cells.get(id).kids.forEach(walk);
    groups.filter((group) => group.host === id && group.title).forEach((group) => paintGroup(pen, group));
  };
  walk(ROOT);
}

// The more programs run in a closed place, the darker its tile.
function paintFrame(pen, id, { x, y, width, height }, closed, most) {
  const radius = Math.min(7, width / 4, height / 4);
  pen.beginPath();
  pen.roundRect(x, y, width, height, radius);
  pen.globalAlpha = closed ? 0.1 + 0.22 * Math.sqrt(Math.min(1, countIn(id, "Program") / most)) : 0.05;
  pen.fillStyle = colours.tile;
  pen.fill();
  pen.globalAlpha = 1;
  pen.lineWidth = nodes[id].kind === "District" || nodes[id].kind === "City" ? 1.3 : 1;
  pen.strokeStyle = colours["tile-line"];
  pen.stroke();
}

function paintGroup(pen, group) {
  const box = boxOf(group.rect);
  if (!isSeen(box) || box.width < 30 || box.height < 18 || frames.has(group.host) && isClosed(frames.get(group.host))) return;
  pen.setLineDash([4, 4]);
  pen.lineWidth = 1;
  pen.strokeStyle = colours["tile-line"];
  pen.beginPath();
  pen.roundRect(box.x + 2, box.y + 2, box.width - 4, box.height - 4, 7);
  pen.stroke();
  pen.setLineDash([]);
}

function drawHeaders(pen) {
  spots = [];
  const tiles = [];
  const walk = (id) => {
    const frame = frames.get(id);
    if (frame) {
      const box = boxOf(frame);
      if (!isSeen(box)) return;
      if (isClosed(frame)) return tiles.push([id, box]);
      drawHeader(pen, id, frame, frame.header * zoom);
    }
    groups.filter((group) => group.host === id && group.title).forEach((group) => drawGroupHeader(pen, group));
    return tree.cells.get(id).kids.forEach(walk);
  };
  walk(ROOT);
  const area = (box) => box.width * box.height;
  tiles.sort(([one, box], [other, room]) => area(room) - area(box) || one - other).forEach(([id, box]) => drawTile(pen, id, box));
}

// The places whose names the window has room for: the largest, those around a place before it.
function placesToName(pen) {
  const found = [...frames.keys()].filter((id) => {
    const box = drawn.has(id) && boxOf(frames.get(id));
    return box && isSeen(box) && (!isClosed(frames.get(id)) || tileName(pen, id, box).lines.length);
  });
  const area = (id) => frames.get(id).width * frames.get(id).height;
  found.sort((one, other) => (other === state.node) - (one === state.node) || area(other) - area(one) || one - other);
  return new Set(found.slice(0, Math.floor(PLACES_SHARE * mostNames())));
}

// While something is open, only it, its neighbours and what stands in it are named in full.
function isFaded(id) {
  return lit !== null && !lit.drawn.has(id) && !standsIn(id, litCell());
}

function nameWeight(id) {
  return nodes[id].kind === "Street" || nodes[id].kind === "Community" || nodes[id].kind === "Site" ? [TEXT, 550] : [TEXT + 1, 700];
}

// Where the header of a cell begins that reaches out of the window: within the window, in the world's coordinates.
function headerLeft({ x, width }) {
  return Math.min(Math.max(x, network.DOMtoCanvas({ x: 0, y: 0 }).x), Math.max(x, x + width - 90 / zoom));
}

function drawHeader(pen, id, frame, height) {
  const faded = isFaded(id);
  const x0 = headerLeft(frame);
  const box = boxOf({ ...frame, x: x0, width: frame.x + frame.width - x0 });
  box.width = Math.min(box.width, Math.max(90, stage.clientWidth - box.x));
  const middle = box.y + height / 2;
  let right = box.x + box.width - 6;
  if (box.width > 130 && !faded) {
    right -= 16;
    drawButton(pen, right + 8, middle, "−", () => shut(id), say("collapse", { name: nameOf(id) }));
  }
  if (!namedPlaces.has(id) && !faded) return spots.push({ left: box.x, right: box.x + box.width, top: box.y, bottom: box.y + height, title: null, tile: id });
  const folded = foldedIn(id);
  const { size, weight, left: aside } = headerOf(pen, id);
  const font = fontOf(size, weight);
  const left = box.x + aside;
  const text = fitText(pen, nameOf(id), font, right - left);
  if (!text) return undefined;
  let x = left + widthOf(pen, text, font);
  const own = { left, right: x, top: middle - 9, bottom: middle + 9, id };
  if (faded && !isFree(own)) return undefined;
  takeRoom(pen, own);
  write(pen, text, left, middle, faded ? { size, colour: colours.soft } : { size, weight });
  if (aside === 23) marks.push({ id, ...onScreen(id), r: radiusOf(id) });
  if (faded) return undefined;
  x = drawCounts(pen, x + 9, middle, id, right);
  const before = x;
  x = drawRest(pen, x, middle, withoutRoom(id), right, frame);
  if (!folded.length) return undefined;
  const parts = partsOfFolded(folded);
  const wide = chipWidth(pen, parts);
  if (x + wide < right) drawChip(pen, right - wide, middle, parts, () => unfold(id), say("unfold", { n: folded.length }));
  else if (x === before && x + 34 < right) drawChip(pen, right - 32, middle, [["", `+${folded.length}`]], () => unfold(id), say("unfold", { n: folded.length }));
  return undefined;
}

// Programs and bodies of a place, as far as there is room; where the header ends comes back.
function drawCounts(pen, x, y, id, right) {
  let at = x;
  let full = false;
  ["Program", "Organization"].forEach((kind) => {
    const count = countIn(id, kind);
    const text = String(count);
    const wide = countWidth(pen, id, kind);
    if (!count || full) return;
    full = at + wide - 6 > right;
    if (full) return;
    takeRoom(pen, { left: at, right: at + wide - 8, top: y - 8, bottom: y + 8 });
    paintSign(pen, kind, at + 5, y, 4.5);
    write(pen, text, at + 13, y, { size: SMALL, weight: 600, colour: colours.soft });
    at += wide;
  });
  return at;
}

// How the header of an open place finds room for its name and the number of its programs: without a mark, then smaller.
function headerOf(pen, id) {
  const [size, weight] = nameWeight(id);
  const whole = { size, weight, left: 23 };
  if (id === state.node || !countIn(id, "Program")) return whole;
  const ways = [whole, { size, weight, left: 6 }, { size: SMALL, weight, left: 6 }];
  const rest = frames.get(id).width * zoom - countWidth(pen, id, "Program") - 9;
  return ways.find((way) => way.left + widthOf(pen, nameOf(id), fontOf(way.size, weight)) <= rest) || whole;
}

function isBareHeader(pen, id) {
  return frames.has(id) && !isClosed(frames.get(id)) && headerOf(pen, id).left < 23;
}

function countWidth(pen, id, kind) {
  return 22 + widthOf(pen, String(countIn(id, kind)), fontOf(SMALL, 600));
}

// A closed place whose tile has no room for a mark beside its name.
function isBareTile(pen, id) {
  if (!isClosed(frames.get(id))) return false;
  const [size, weight] = nameWeight(id);
  return frames.get(id).width * zoom <= widthOf(pen, nameOf(id), fontOf(size, weight)) + 26;
}

// The name of a closed place in as many lines as its tile asks for; none where it has no room.
function tileName(pen, id, box) {
  const [large, weight] = nameWeight(id);
  const bare = isBareTile(pen, id);
  const isWhole = widthOf(pen, nameOf(id), fontOf(large, weight)) <= box.width - (bare ? 8 : 23) && box.height >= 19;
  const size = isWhole ? large : SMALL;
  const left = box.x + (bare ? (isWhole ? 5 : 4) : 20);
  const lines = isWhole ? [nameOf(id)] : wrapped(nameOf(id), Math.floor((box.x + box.width - left - 2) / size), Math.floor((box.height - 3) / (size + 2)));
  return { lines: box.height < 17 ? [] : lines, left, size, weight, isWhole, bare };
}

function drawTile(pen, id, box) {
  const { opens } = frames.get(id);
  const shutByReader = opens === Infinity;
  const act = shutByReader ? () => reopen(id) : () => zoomTo(frames.get(id), Math.min(opens * 1.05, zoomBounds()[1]));
  spots.push({ left: box.x, right: box.x + box.width, top: box.y, bottom: box.y + box.height, act, title: null, tile: id });
  if (!namedPlaces.has(id) || isFaded(id)) return;
  const { lines, left, size, weight, isWhole, bare } = tileName(pen, id, box);
  const font = fontOf(size, weight);
  const y = box.y + Math.min(isWhole ? 12 : 9, box.height / 2);
  const right = left + Math.max(...lines.map((line) => widthOf(pen, line, font)));
  const last = y + (lines.length - 1) * (size + 2);
  takeRoom(pen, { left, right, top: y - size / 2 - 2, bottom: last + size / 2 + 2, id });
  if (!bare) {
    paintSign(pen, nodes[id].kind, box.x + 11, y, 5);
    marks.push({ id, x: box.x + 11, y, r: 5 });
  }
  lines.forEach((line, n) => write(pen, line, left, y + n * (size + 2), { size, weight, halo: null }));
  const below = box.y + box.height - last > 26;
  drawCounts(pen, below ? box.x + 5 : right + 8, below ? last + 18 : last, id, box.x + box.width - 2);
}

// A name in the lines that its tile has room for. Where only the word for its kind does not fit (市, 街道), it goes.
function wrapped(name, across, down) {
  const letters = Array.from(name);
  if (across * down < 2 || !across) return [];
  const isShort = letters.length > across * down && across * down === 2 && letters.length < 5;
  const kept = letters.length <= across * down ? letters : isShort ? letters.slice(0, 2) : [...letters.slice(0, across * down - 1), "…"];
  const each = Math.ceil(kept.length / Math.ceil(kept.length / across));
  return Array.from({ length: Math.ceil(kept.length / each) }, (_, n) => kept.slice(n * each, (n + 1) * each).join(""));
}

function drawGroupHeader(pen, group) {
  const box = boxOf(group.rect);
  if (!isSeen(box) || (lit && !standsIn(group.host, litCell())) || box.height < 18) return;
  const y = box.y + Math.min(11, box.height / 2);
  const left = box.x + 9;
  let right = box.x + box.width - 6;
  const folded = foldedIn(group.host);
  const opened = isOpenNow(group.opens);
  if (group.title === "nowhere" && state.open.has(group.host)) drawButton(pen, (right -= 16) + 8, y, "−", () => fold(group.host), say("foldHere"));
  const hidden = opened ? (group.title === "nowhere" ? folded : []) : group.leaves;
  if (hidden.length) {
    const parts = partsOfFolded(hidden);
    const wide = chipWidth(pen, parts);
    if (right - wide > left + (opened ? 30 : 0)) {
      right -= wide;
      const act = opened ? () => unfold(group.host) : () => zoomTo(group.rect, group.opens * 1.05);
      drawChip(pen, right, y, parts, act, say("unfold", { n: hidden.length }));
    }
  }
  const text = fitText(pen, say(group.title), fontOf(SMALL, 600), right - left - 4);
  if (!text) return;
  const end = left + widthOf(pen, text, fontOf(SMALL, 600));
  takeRoom(pen, { left, right: end, top: y - 8, bottom: y + 8 });
  write(pen, text, left, y, { size: SMALL, weight: 600, colour: colours.soft });
  if (opened) drawRest(pen, end + 9, y, closedOf(group.leaves).length, right, group.rect);
}

function shut(id) {
  state.shut.add(id);
  state.open.delete(id);
  rearrange();
}

function reopen(id) {
  state.shut.delete(id);
  rearrange();
}

function unfold(id) {
  state.open.add(id);
  rearrange();
}

function fold(id) {
  state.open.delete(id);
  rearrange();
}

function rearrange() {
  writeAddress(false);
  showState({ refit: false });
}
