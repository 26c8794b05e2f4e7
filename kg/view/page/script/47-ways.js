// The way of a line that meets no name and no mark of others: looked for on a raster of what is taken in the window.
const RASTER = 3; // pixels
const STEP = 4; // pixels between the points of a line that are looked at
const ALONG = 7; // points on which two lines may run on each other: where they cross, or leave one mark
const [TEXT_HERE, FIRST_MARK] = [1, 2]; // what a point of the raster holds: nothing, text, or the mark of a thing by its id
const BENDS = [0, 1, -1, 2, -2, 4, -4, 7, -7]; // to the left or above, else to the right or below
const LANDINGS = [0.5, 0.15, 0.85]; // along the side of a cell
const MOST_WAYS = 8000; // looked at for all lines together, so that zooming stays smooth
const CORNERS = cornersTried();
const blindPen = penThatDrawsNothing();

// A pen that measures texts as the canvas does, to know where names will stand before lines are laid round them.
function penThatDrawsNothing() {
  const measure = document.createElement("canvas").getContext("2d");
  const names = ["beginPath", "moveTo", "lineTo", "quadraticCurveTo", "closePath", "arc", "roundRect", "setLineDash", "fill", "stroke", "fillRect", "fillText", "strokeText"];
  const pen = { measureText: (text) => Object.assign(measure, { font: pen.font }).measureText(text) };
  names.forEach((name) => { pen[name] = () => {}; });
  return pen;
}

// All names, counts and marks of the window as they will be drawn.
function takenRoom() {
  paintOver(blindPen);
  const across = Math.ceil(stage.clientWidth / RASTER) + 1;
  const down = Math.ceil(stage.clientHeight / RASTER) + 1;
  const cells = new Int32Array(across * down);
  const fill = ({ left, right, top, bottom }, value) => {
    const [first, last] = [Math.max(0, Math.floor(left / RASTER)), Math.min(across - 1, Math.floor(right / RASTER))];
    for (let y = Math.max(0, Math.floor(top / RASTER)); y <= Math.min(down - 1, Math.floor(bottom / RASTER)); y += 1) {
      if (first <= last) cells.fill(value, y * across + first, y * across + last + 1);
    }
  };
  marks.forEach(({ id, x, y, r }) => fill({ left: x - r, right: x + r, top: y - r, bottom: y + r }, id + FIRST_MARK));
  boxes.forEach((box) => fill({ ...box, top: box.top + 1, bottom: box.bottom - 1 }, TEXT_HERE));
  return { cells, lines: new Uint8Array(across * down), across, down, waysLeft: MOST_WAYS };
}

// Between two rows of names, left of a column of marks, or both; what is simple first.
function cornersTried() {
  const [rows, gutters] = [[16, -16, 12, -12, 22, -22, 30, -30], [14, 22]];
  const ends = ["start", "end"];
  const once = ends.flatMap((of) => [...rows.map((by) => ({ upright: true, of, by })), ...gutters.map((by) => ({ upright: false, of, by: -by }))]);
  const twice = rows.flatMap((by) => gutters.flatMap((gutter) => [{ upright: true, of: "start", by, gutter }, { upright: false, of: "end", by, gutter }]));
  return [...once, ...twice];
}

// Of all ways of a line the first that meets nothing, else the one that meets least: { hits, bend, landing, corners }. For
// a line that is drawn only if it meets nothing, `most` is 1: as many hits as end the look at a way.
function clearestWay(link, taken, bent, most = Infinity) {
  const ways = (bent ? BENDS.slice(1) : BENDS).map((bend) => ({ bend }));
  let best = { hits: most };
  for (const shape of [ways, CORNERS.map((corners) => ({ corners }))]) {
    for (const landing of landingsOf(link)) {
      for (const one of shape) {
        if (!isInward({ ...link, landing, ...one }, landing)) continue;
        if (taken.waysLeft <= 0 && best.hits < Infinity) return best;
        taken.waysLeft -= 1;
        const hits = hitsOf({ ...link, landing, ...one }, taken, best.hits);
        if (hits < best.hits) best = { hits, landing, ...one };
        if (!hits) return best;
      }
    }
  }
  return best;
}

// Where a line may meet the border of a cell: at the nearest point, or elsewhere on the sides that face its start.
function landingsOf({ start, end }) {
  if (!isCellFor(end, start)) return [null];
  const [box, from] = [boxOf(frames.get(end)), onScreen(start)];
  const found = [null];
  LANDINGS.forEach((part) => {
    if (from.y < box.y || from.y > box.y + box.height) found.push({ x: part, y: from.y < box.y ? 0 : 1 });
    if (from.x < box.x || from.x > box.x + box.width) found.push({ x: from.x < box.x ? 0 : 1, y: part });
  });
  return found;
}

// Whether a line comes to the border of a cell from outside, and not along it.
function isInward(link, landing) {
  if (landing === null) return !link.corners || !isCellFor(link.end, link.start);
  const { heading } = wayOf(link);
  const [across, down] = [{ 0: heading.x, 1: -heading.x }[landing.x] ?? 0, { 0: heading.y, 1: -heading.y }[landing.y] ?? 0];
  return Math.max(across, down) > 0.3;
}

// Points of a line that lie on a name, on the mark of another thing, along another line or, of a line between two things
// in sight, out of the window; no more are counted than would be too many.
function hitsOf(link, taken, most) {
  const { parts } = wayOf(link);
  const mayLeave = [parts[0].from, parts[parts.length - 1].to].some((point) => cellAt(point, taken) === null);
  const [one, other] = [link.start + FIRST_MARK, link.end + FIRST_MARK];
  let [hits, along] = [0, 0];
  for (const part of parts) {
    const count = stepsOf(part, STEP);
    for (let n = 0; n <= count && hits < most; n += 1) {
      const at = cellAt(pointOn(part, n / count), taken);
      const here = at === null ? 0 : taken.cells[at];
      along = at !== null && taken.lines[at] ? along + 1 : 0;
      if (at === null ? !mayLeave : (here && here !== one && here !== other) || along > ALONG) hits += 1;
    }
  }
  return hits;
}

// A line with the pixels beside it, so that none runs close along it.
function takeLine(link, taken) {
  const beside = [-RASTER, 0, RASTER];
  pointsOn(wayOf(link), RASTER - 1).forEach(({ x, y }) => beside.forEach((right) => beside.forEach((lower) => {
    const at = cellAt({ x: x + right, y: y + lower }, taken);
    if (at !== null) taken.lines[at] = 1;
  })));
}

function cellAt({ x, y }, { across, down }) {
  const [column, row] = [Math.floor(x / RASTER), Math.floor(y / RASTER)];
  return column < 0 || row < 0 || column >= across || row >= down ? null : row * across + column;
}
