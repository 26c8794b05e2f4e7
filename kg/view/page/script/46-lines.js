// Where the lines of links run: to the edge of a cell rather than across it, bent or with two corners round names and marks.
const BEND = 34; // pixels that the control point of a bent line lies aside
const CORNER = 7; // radius of a corner
const ARROW = { length: 8, half: 3.5 };

// The parts of a line, each { from, via, to } with a control point between, in pixels; its end, and where that heads.
function wayOf({ start, end, bend = 0, landing = null, corners: turn = null }) {
  let [from, to] = [onScreen(start), onScreen(end)];
  let gap = radiusOf(end) + 2;
  if (isCellFor(end, start)) {
    const box = boxOf(frames.get(end));
    [to, gap] = [landing ? { x: box.x + landing.x * box.width, y: box.y + landing.y * box.height } : edgePoint(box, from), 1];
  }
  if (isCellFor(start, end)) from = edgePoint(boxOf(frames.get(start)), to);
  const between = turn ? cornersOf(from, to, turn) : [controlOf(from, to, bend)];
  const before = between[between.length - 1];
  const last = Math.hypot(to.x - before.x, to.y - before.y) || 1;
  const heading = { x: (to.x - before.x) / last, y: (to.y - before.y) / last };
  const tip = { x: to.x - heading.x * gap, y: to.y - heading.y * gap };
  return { parts: turn ? rounded([from, ...between, tip]) : [{ from, via: before, to: tip }], heading, to: tip };
}

// To the left of lines that go down or up, above those that go across: names stand right of their marks.
function controlOf(from, to, bend) {
  const via = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const aside = BEND * bend;
  const across = { x: (to.y - from.y) / length, y: (from.x - to.x) / length };
  const side = Math.abs(across.x) > Math.abs(across.y) ? -Math.sign(across.x) : -Math.sign(across.y);
  const turn = via.x + across.x * side * aside < 0 ? -side : side;
  return { x: via.x + across.x * turn * aside, y: via.y + across.y * turn * aside };
}

// Two corners: up or down first (`upright`) or to a side first, by so many pixels from the end that is named. Three with a
// `gutter`, the pixels left of the other end (`upright`) or of the start where the line runs up or down.
function cornersOf(from, to, { upright, of, by, gutter }) {
  const anchor = of === "start" ? from : to;
  const [across, along] = [anchor.x + by, anchor.y + by];
  if (gutter && upright) return [{ x: from.x, y: along }, { x: to.x - gutter, y: along }, { x: to.x - gutter, y: to.y }];
  if (gutter) return [{ x: from.x - gutter, y: from.y }, { x: from.x - gutter, y: along }, { x: to.x, y: along }];
  return upright ? [{ x: from.x, y: along }, { x: to.x, y: along }] : [{ x: across, y: from.y }, { x: across, y: to.y }];
}

function rounded(points) {
  const toward = (one, other) => {
    const far = Math.hypot(other.x - one.x, other.y - one.y) || 1;
    const part = Math.min(CORNER, far / 2) / far;
    return { x: one.x + (other.x - one.x) * part, y: one.y + (other.y - one.y) * part };
  };
  const straight = (from, to) => ({ from, via: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, to });
  const parts = [];
  let [at] = points;
  points.slice(1, -1).forEach((via, n) => {
    const [before, after] = [toward(via, points[n]), toward(via, points[n + 2])];
    parts.push(straight(at, before), { from: before, via, to: after });
    at = after;
  });
  return [...parts, straight(at, points[points.length - 1])];
}

// Whether a line from elsewhere meets a place at the border of its cell.
function isCellFor(place, other) {
  return frames.has(place) && !standsIn(other, place);
}

function edgePoint(box, from) {
  return { x: Math.min(box.x + box.width, Math.max(box.x, from.x)), y: Math.min(box.y + box.height, Math.max(box.y, from.y)) };
}

// Points along a line, so many pixels from each other.
function pointsOn({ parts }, step) {
  return parts.flatMap((part, n) => {
    const count = stepsOf(part, step);
    return Array.from({ length: count + (n === parts.length - 1) }, (_, place) => pointOn(part, place / count));
  });
}

function stepsOf({ from, via, to }, step) {
  return Math.max(1, Math.ceil((Math.hypot(via.x - from.x, via.y - from.y) + Math.hypot(to.x - via.x, to.y - via.y)) / step));
}

function pointOn({ from, via, to }, part) {
  const at = (one, two, three) => (1 - part) ** 2 * one + 2 * part * (1 - part) * two + part ** 2 * three;
  return { x: at(from.x, via.x, to.x), y: at(from.y, via.y, to.y) };
}

// The point at a part of the whole line: 0.5 is its middle.
function pointAlong(way, part) {
  const points = pointsOn(way, 4);
  return points[Math.round(part * (points.length - 1))];
}

function distanceTo(point, from, to) {
  const [right, down] = [to.x - from.x, to.y - from.y];
  const part = Math.min(1, Math.max(0, ((point.x - from.x) * right + (point.y - from.y) * down) / (right ** 2 + down ** 2 || 1)));
  return Math.hypot(point.x - from.x - part * right, point.y - from.y - part * down);
}

// The line with its arrow, which is hollow where only something inside the place is meant.
function paintLink(pen, link, strong = false) {
  const { label, width, dashes, inside } = link;
  const { parts, to, heading } = wayOf(link);
  pen.lineWidth = strong ? Math.max(2, width) : width;
  pen.strokeStyle = pen.fillStyle = colours[label] || colours[strong ? "edge-strong" : "edge"];
  pen.setLineDash(dashes ? [2, 3] : label === "partOf" || label === "implementedIn" ? [5, 4] : []);
  pen.beginPath();
  pen.moveTo(parts[0].from.x, parts[0].from.y);
  parts.forEach((part) => pen.quadraticCurveTo(part.via.x, part.via.y, part.to.x, part.to.y));
  pen.stroke();
  pen.setLineDash([]);
  const [right, down] = [heading.x, heading.y];
  pen.beginPath();
  pen.moveTo(to.x, to.y);
  pen.lineTo(to.x - right * ARROW.length - down * ARROW.half, to.y - down * ARROW.length + right * ARROW.half);
  pen.lineTo(to.x - right * ARROW.length + down * ARROW.half, to.y - down * ARROW.length - right * ARROW.half);
  pen.closePath();
  if (inside) pen.fillStyle = colours.paper;
  pen.fill();
  if (!inside) return;
  pen.lineWidth = 1.3;
  pen.stroke();
}

// Lines at rest, and over them all of the thing under the pointer; names come on top of both.
function paintLines(pen) {
  shownLinks.forEach((link) => isInSight(link) && paintLink(pen, link));
  if (!lit) strongLinks().forEach((link) => paintLink(pen, link, true));
}

// The lines of what is open, else of what is under the pointer: drawn whatever they cross.
function strongLinks() {
  if (lit) return [...shownLinks.values()].filter(isLitLine);
  if (hovered.node === undefined && hovered.edge === undefined) return [];
  const touches = ({ id, start, end }) => id === hovered.edge || start === hovered.node || end === hovered.node;
  return [...shownLinks.values(), ...quietLinks].filter(touches);
}

// The link whose line is nearest to a point, if one is near.
function linkAt(point) {
  let [found, nearest] = [undefined, 7];
  shownLinks.forEach((link) => {
    if (link.id >= firstMeasure || !isInSight(link)) return;
    pointsOn(wayOf(link), 12).forEach((one, n, all) => {
      const far = n ? distanceTo(point, all[n - 1], one) : Infinity;
      if (far < nearest) [found, nearest] = [link.id, far];
    });
  });
  return found;
}
