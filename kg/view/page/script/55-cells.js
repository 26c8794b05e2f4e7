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
  if (!isSeen(box) || frames.has(group.host) && isClosed(frames.get(group.host))) return;
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
      drawHeader(pen, id, box, frame.header * zoom);
    }
    groups.filter((group) => group.host === id && group.title).forEach((group) => drawGroupHeader(pen, group));
    return tree.cells.get(id).kids.forEach(walk);
  };
  walk(ROOT);
  tiles.sort(([one], [other]) => importance(other) - importance(one) || one - other).forEach(([id, box]) => drawTile(pen, id, box));
}

// While something is open, only it, its neighbours and what stands in it are named in full.
function isFaded(id) {
  return lit !== null && !lit.drawn.has(id) && !standsIn(id, litCell());
}

function nameWeight(id) {
  return nodes[id].kind === "Street" || nodes[id].kind === "Community" || nodes[id].kind === "Site" ? [TEXT, 550] : [TEXT + 1, 700];
}

function drawHeader(pen, id, box, height) {
  const faded = isFaded(id);
  const middle = box.y + height / 2;
  let right = box.x + box.width - 6;
  if (box.width > 130 && !faded) {
    right -= 16;
    drawButton(pen, right + 8, middle, "−", () => shut(id), say("collapse", { name: nameOf(id) }));
  }
  const { folded } = tree.cells.get(id);
  const [size, weight] = nameWeight(id);
  const font = fontOf(size, weight);
  const left = box.x + 21;
  const text = fitText(pen, nameOf(id), font, right - left);
  if (!text) return;
  let x = left + widthOf(pen, text, font);
  const own = { left, right: x, top: middle - 9, bottom: middle + 9, id };
  if (faded && !isFree(own)) return;
  write(pen, text, left, middle, faded ? { size, colour: colours.soft } : { size, weight });
  boxes.push(own);
  marks.push({ id, ...onScreen(id), r: radiusOf(id) });
  if (faded) return;
  x = drawCounts(pen, x + 9, middle, id, right);
  if (!folded.length) return;
  const parts = partsOfFolded(folded);
  const wide = chipWidth(pen, parts);
  if (x + wide < right) drawChip(pen, right - wide, middle, parts, () => unfold(id), say("unfold", { n: folded.length }));
  else if (x + 34 < right) drawChip(pen, right - 32, middle, [["", `+${folded.length}`]], () => unfold(id), say("unfold", { n: folded.length }));
}

// Programs and bodies of a place, as far as there is room; where the header ends comes back.
function drawCounts(pen, x, y, id, right) {
  let at = x;
  let full = false;
  ["Program", "Organization"].forEach((kind) => {
    const count = countIn(id, kind);
    const text = String(count);
    const wide = 14 + widthOf(pen, text, fontOf(SMALL, 600)) + 8;
    if (!count || full) return;
    full = at + wide > right;
    if (full) return;
    paintSign(pen, kind, at + 5, y, 4.5);
    write(pen, text, at + 13, y, { size: SMALL, weight: 600, colour: colours.soft });
    at += wide;
  });
  return at;
}

function partsOfFolded(folded) {
  const counts = new Map();
  folded.forEach((id) => counts.set(nodes[id].kind, (counts.get(nodes[id].kind) || 0) + 1));
  return kindNames.filter((kind) => counts.has(kind)).map((kind) => [kind, String(counts.get(kind))]);
}

function chipWidth(pen, parts) {
  return 18 + parts.reduce((sum, [kind, text]) => sum + (kind ? 13 : 0) + widthOf(pen, text, fontOf(SMALL)) + 6, 0);
}

// A count that opens on a click.
function drawChip(pen, x, y, parts, act, title) {
  const plain = parts.length === 1 && !parts[0][0];
  const wide = plain ? widthOf(pen, parts[0][1], fontOf(SMALL)) + 10 : chipWidth(pen, parts);
  pen.beginPath();
  pen.roundRect(x, y - 9, wide, 18, 9);
  pen.fillStyle = colours.card;
  pen.fill();
  pen.lineWidth = 1;
  pen.strokeStyle = colours["tile-line"];
  pen.stroke();
  let at = x + 6;
  if (!plain) {
    write(pen, "+", at, y, { size: SMALL, colour: colours.soft, halo: null });
    at += 10;
  }
  parts.forEach(([kind, text]) => {
    if (kind) paintSign(pen, kind, at + 5, y, 4);
    write(pen, text, at + (kind ? 12 : -1), y, { size: SMALL, colour: colours.soft, halo: null });
    at += (kind ? 13 : 0) + widthOf(pen, text, fontOf(SMALL)) + 6;
  });
  spots.push({ left: x, right: x + wide, top: y - 11, bottom: y + 11, act, title });
  boxes.push({ left: x, right: x + wide, top: y - 9, bottom: y + 9 });
}

function drawButton(pen, x, y, sign, act, title) {
  write(pen, sign, x, y, { size: 15, colour: colours.soft, align: "center", halo: null });
  spots.push({ left: x - 11, right: x + 11, top: y - 11, bottom: y + 11, act, title });
}

// A closed place whose tile has no room for a mark beside its name.
function isBareTile(pen, id) {
  if (!isClosed(frames.get(id))) return false;
  const [size, weight] = nameWeight(id);
  return frames.get(id).width * zoom <= widthOf(pen, nameOf(id), fontOf(size, weight)) + 26;
}

function drawTile(pen, id, box) {
  const { opens } = frames.get(id);
  const shutByReader = opens === Infinity;
  const [size, weight] = nameWeight(id);
  const font = fontOf(size, weight);
  const act = shutByReader ? () => reopen(id) : () => zoomTo(frames.get(id), Math.min(opens * 1.05, zoomBounds()[1]));
  spots.push({ left: box.x, right: box.x + box.width, top: box.y, bottom: box.y + box.height, act, title: null, tile: id });
  if (box.height < 19 || namesDrawn() >= MOST_NAMES || isFaded(id)) return;
  const left = box.x + (isBareTile(pen, id) ? 5 : 20);
  const text = fitText(pen, nameOf(id), font, box.x + box.width - left - 3);
  if (Array.from(text).length < 2) return;
  const y = box.y + 12;
  if (!isBareTile(pen, id)) {
    paintSign(pen, nodes[id].kind, box.x + 11, y, 5);
    marks.push({ id, x: box.x + 11, y, r: 5 });
  }
  write(pen, text, left, y, { size, weight, halo: null });
  const right = left + widthOf(pen, text, font);
  boxes.push({ left, right, top: y - 9, bottom: y + 9, id });
  const below = box.height > 38;
  drawCounts(pen, below ? box.x + 5 : right + 8, below ? y + 18 : y, id, box.x + box.width - 2);
}

function drawGroupHeader(pen, group) {
  const box = boxOf(group.rect);
  if (!isSeen(box) || (lit && !standsIn(group.host, litCell())) || zoom < group.opens * ALMOST) return;
  const y = box.y + 11;
  const left = box.x + 9;
  let right = box.x + box.width - 6;
  const { folded } = tree.cells.get(group.host);
  if (group.title === "nowhere" && folded.length) {
    const parts = partsOfFolded(folded);
    const wide = chipWidth(pen, parts);
    if (right - wide > left + 30) {
      right -= wide;
      drawChip(pen, right, y, parts, () => unfold(group.host), say("unfold", { n: folded.length }));
    }
  }
  const text = fitText(pen, say(group.title), fontOf(SMALL, 600), right - left - 4);
  if (!text) return;
  write(pen, text, left, y, { size: SMALL, weight: 600, colour: colours.soft });
  boxes.push({ left, right: left + widthOf(pen, text, fontOf(SMALL, 600)), top: y - 8, bottom: y + 8 });
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

function rearrange() {
  writeAddress(false);
  showState({ refit: false });
}
