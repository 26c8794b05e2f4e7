// While something is open: it, its neighbours and their lines over a veil, with names that cover nothing.
// Over all the rest a veil; an open place keeps what stands in its cell as it was.
function drawLit(pen) {
  const cell = litCell();
  pen.fillStyle = colours.veil;
  const [wide, high] = [stage.clientWidth, stage.clientHeight];
  if (cell === null) pen.fillRect(0, 0, wide, high);
  else {
    const { x, y, width, height } = boxOf(frames.get(cell));
    pen.fillRect(0, 0, wide, Math.max(0, y));
    pen.fillRect(0, y, Math.max(0, x), height);
    pen.fillRect(x + width, y, Math.max(0, wide - x - width), height);
    pen.fillRect(0, y + height, wide, Math.max(0, high - y - height));
  }
  strongLinks().forEach((link) => paintLink(pen, link, true));
  ranked.filter((id) => lit.drawn.has(id)).forEach((id) => {
    paintMark(pen, id);
    if (slots.has(id) && !standsIn(id, cell)) marks.push({ id, ...onScreen(id), r: radiusOf(id) });
  });
  ranked.filter((id) => slots.has(id) && standsIn(id, cell)).forEach((id) => drawLeafName(pen, id));
}

// The open place, if its cell is open too.
function litCell() {
  return state.node !== null && frames.has(state.node) && !isClosed(frames.get(state.node)) ? state.node : null;
}

function standsIn(id, cell) {
  return cell !== null && (id === cell || isAround(cell, id));
}

// While something is open, the lines of other things are left out.
function isInSight({ id, start, end }) {
  return lit === null || lit.edges.has(id) || standsIn(start, litCell()) || standsIn(end, litCell());
}

function isLitLine({ id }) {
  return lit.edges.has(id);
}

function nameLit(pen) {
  const cell = litCell();
  const ids = ranked.filter((id) => lit.drawn.has(id) && !standsIn(id, cell));
  const first = [state.node, hovered.node, cursor].filter((id) => id !== null && id !== undefined && drawn.has(id) && !standsIn(id, cell));
  [...new Set([...first, ...ids])].filter((id) => !boxes.some((box) => box.id === id)).forEach((id) => placeName(pen, id, first.includes(id)));
  shownLinks.forEach((link) => isLitLine(link) && link.id < firstMeasure && placeWord(pen, link));
}

const isFree = (box) => !boxes.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
const missesMarks = (box, id) => !marks.some((mark) => mark.id !== id && box.left < mark.x + mark.r && mark.x - mark.r < box.right && box.top < mark.y + mark.r && mark.y - mark.r < box.bottom);

// The name of a lit thing beside, under or over its mark, where it covers nothing.
function placeName(pen, id, always) {
  const { x, y } = onScreen(id);
  const r = radiusOf(id) + 5;
  const font = fontOf(TEXT, id === state.node ? 650 : 400);
  const text = shorten(nameOf(id), 30);
  const wide = widthOf(pen, text, font);
  const starts = [[x + r, y], [x - wide / 2, y + r + 8], [x - r - wide, y], [x - wide / 2, y - r - 8]];
  const places = starts.map(([left, middle]) => ({ left: left - 2, right: left + wide + 2, top: middle - 9, bottom: middle + 9, id }));
  const box = places.find((place) => isFree(place) && missesMarks(place, id) && place.right < stage.clientWidth && place.left > 0) || (always ? places[0] : null);
  if (!box || (!always && namesDrawn() >= mostNames())) return;
  takeRoom(pen, box);
  write(pen, text, box.left + 2, box.top + 9, { weight: id === state.node ? 650 : 400 });
}

// The word of a relation stands on its line where it covers neither names nor marks.
function placeWord(pen, link) {
  const way = wayOf(link);
  const text = words.predicates[link.label];
  const font = fontOf(SMALL);
  const wide = widthOf(pen, text, font);
  for (const part of [0.5, 0.4, 0.6, 0.3, 0.7]) {
    const { x: middle, y } = pointAlong(way, part);
    const x = Math.min(Math.max(middle, wide / 2 + 4), stage.clientWidth - wide / 2 - 4);
    const box = { left: x - wide / 2 - 2, right: x + wide / 2 + 2, top: y - 8, bottom: y + 8, word: link.id };
    if (!isFree(box) || !missesMarks(box)) continue;
    boxes.push(box);
    return write(pen, text, x, y, { size: SMALL, colour: colours.soft, align: "center" });
  }
  return undefined;
}
