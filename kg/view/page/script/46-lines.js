// Where the lines of links run: to the edge of a cell rather than across it, and round the marks of other things.
const BEND = 34; // pixels that the control point of a bent line lies aside
const BENDS = [0, 1, -1, 2, -2, 4, -4]; // to the left or above, else to the right or below
const EIGHTHS = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => n / 8);
const ARROW = { length: 8, half: 3.5 };

// From edge to edge, and the control point between, in pixels.
function wayOf({ start, end, smooth, bend = 0 }) {
  let [from, to] = [onScreen(start), onScreen(end)];
  let gap = radiusOf(end) + 2;
  if (isCellFor(end, start)) [to, gap] = [edgePoint(boxOf(frames.get(end)), from), 1];
  if (isCellFor(start, end)) from = edgePoint(boxOf(frames.get(start)), to);
  const via = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const aside = bend ? BEND * bend : smooth ? length * 0.12 : 0;
  // To the left of lines that go down or up, above those that go across: names stand right of their marks.
  const across = { x: (to.y - from.y) / length, y: (from.x - to.x) / length };
  const side = Math.abs(across.x) > Math.abs(across.y) ? -Math.sign(across.x) : -Math.sign(across.y);
  const turn = via.x + across.x * side * aside < 0 ? -side : side;
  via.x += across.x * turn * aside;
  via.y += across.y * turn * aside;
  const last = Math.hypot(to.x - via.x, to.y - via.y) || 1;
  const heading = { x: (to.x - via.x) / last, y: (to.y - via.y) / last };
  return { from, via, heading, to: { x: to.x - heading.x * gap, y: to.y - heading.y * gap } };
}

// Whether a line from elsewhere meets a place at the border of its cell.
function isCellFor(place, other) {
  return frames.has(place) && !standsIn(other, place);
}

function edgePoint(box, from) {
  return { x: Math.min(box.x + box.width, Math.max(box.x, from.x)), y: Math.min(box.y + box.height, Math.max(box.y, from.y)) };
}

function pointOn({ from, via, to }, part) {
  const at = (one, two, three) => (1 - part) ** 2 * one + 2 * part * (1 - part) * two + part ** 2 * three;
  return { x: at(from.x, via.x, to.x), y: at(from.y, via.y, to.y) };
}

// A line that would run through another thing's mark, or through the name of its own, bends: to where it meets fewest.
function bendOf(link, others) {
  const { from, to } = wayOf(link);
  const alongName = slots.has(link.start) && slots.has(link.end) && Math.abs(from.y - to.y) < 10;
  const inReach = others.filter(({ id, x, y, r }) => r && id !== link.start && id !== link.end && distanceTo({ x, y }, from, to) < r + 4 * BEND);
  const hits = (bend) => {
    const way = wayOf({ ...link, bend });
    return inReach.filter(({ x, y, r }) => EIGHTHS.some((part) => distanceTo({ x, y }, pointOn(way, part), pointOn(way, part + 0.125)) < r + 2)).length;
  };
  let [best, fewest] = [0, Infinity];
  for (const bend of alongName ? BENDS.slice(1) : BENDS) {
    const count = hits(bend);
    if (count < fewest) [best, fewest] = [bend, count];
    if (!count) break;
  }
  return best;
}

function distanceTo(point, from, to) {
  const [right, down] = [to.x - from.x, to.y - from.y];
  const part = Math.min(1, Math.max(0, ((point.x - from.x) * right + (point.y - from.y) * down) / (right ** 2 + down ** 2 || 1)));
  return Math.hypot(point.x - from.x - part * right, point.y - from.y - part * down);
}

// How many names of things a line crosses.
function crossings(link, others) {
  const { from, to } = wayOf(link);
  return others.filter((other) => {
    if (other.id === link.start || other.id === link.end) return false;
    return [0.17, 0.5, 0.83].some((part) => distanceTo({ x: other.left + other.wide * part, y: other.y }, from, to) < Math.max(9, other.wide / 6));
  }).length;
}

// The marks of things on the canvas, with about the width of their names; of places the names alone.
function marksAndNames() {
  return [...drawn].map((id) => {
    const { x, y } = onScreen(id);
    const r = frames.has(id) ? 0 : radiusOf(id);
    const room = frames.has(id) ? frames.get(id).width * zoom - 22 : roomOf(slots.get(id)).width - 2 * r - 16;
    return { id, x, y, r, left: x + (r || 5) + 6, wide: Math.max(10, Math.min(Array.from(nameOf(id)).length * TEXT, room)) };
  });
}

// The line with its arrow.
function paintLink(pen, link, strong = false) {
  const { label, width, dashes } = link;
  const { from, via, to, heading } = wayOf(link);
  pen.lineWidth = strong ? Math.max(2, width) : width;
  pen.strokeStyle = pen.fillStyle = colours[label] || colours[strong ? "edge-strong" : "edge"];
  pen.setLineDash(dashes || label === "partOf" || label === "implementedIn" ? [5, 4] : []);
  pen.beginPath();
  pen.moveTo(from.x, from.y);
  pen.quadraticCurveTo(via.x, via.y, to.x, to.y);
  pen.stroke();
  pen.setLineDash([]);
  const [right, down] = [heading.x, heading.y];
  pen.beginPath();
  pen.moveTo(to.x, to.y);
  pen.lineTo(to.x - right * ARROW.length - down * ARROW.half, to.y - down * ARROW.length + right * ARROW.half);
  pen.lineTo(to.x - right * ARROW.length + down * ARROW.half, to.y - down * ARROW.length - right * ARROW.half);
  pen.closePath();
  pen.fill();
}

// Lines at rest, and over them all of the thing under the pointer; names come on top of both.
function paintLines(pen) {
  shownLinks.forEach((link) => isInSight(link) && paintLink(pen, link));
  if (lit) return;
  const touches = ({ id, start, end }) => id === hovered.edge || start === hovered.node || end === hovered.node;
  if (hovered.node !== undefined || hovered.edge !== undefined) [...shownLinks.values(), ...quietLinks].filter(touches).forEach((link) => paintLink(pen, link, true));
}

// The link whose line is nearest to a point, if one is near.
function linkAt(point) {
  let [found, nearest] = [undefined, 7];
  shownLinks.forEach((link) => {
    if (link.id >= firstMeasure || !isInSight(link)) return;
    const way = wayOf(link);
    for (let n = 0; n < 16; n += 1) {
      const far = distanceTo(point, pointOn(way, n / 16), pointOn(way, (n + 1) / 16));
      if (far < nearest) [found, nearest] = [link.id, far];
    }
  });
  return found;
}
