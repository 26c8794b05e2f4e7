// What is under the pointer, what it tells, and what a click does.
const MOST_TOLD = 4; // links that one line stands for
function hover(what) {
  if (what.node === hovered.node && what.edge === hovered.edge) return;
  hovered = what;
  showTip();
  network.redraw();
}

// A thing under the pointer goes before a line under it.
function hoverAt(point) {
  const node = nodeAt(point);
  hover(node === undefined ? { edge: linkAt(point) } : { node });
}

function nodeAt({ x, y }, slack = 0) {
  const mark = marks.find((one) => Math.hypot(x - one.x, y - one.y) <= Math.max(one.r + 2, 9) + slack);
  if (mark) return mark.id;
  const box = boxes.find((one) => one.id !== undefined && isWithin({ x, y }, one, slack));
  if (box) return box.id;
  const tile = spotAt({ x, y });
  return tile && tile.tile !== undefined ? tile.tile : undefined;
}

function spotAt(point, slack = 0) {
  const found = spots.filter((one) => isWithin(point, one, one.tile === undefined ? slack : 0));
  return found.find((one) => one.tile === undefined) || found[found.length - 1];
}

function isWithin({ x, y }, { left, right, top, bottom }, slack) {
  return x >= left - slack && x <= right + slack && y >= top - slack && y <= bottom + slack;
}

// A thumb need not meet what it means to the pixel, where nothing else is.
function openAt(point) {
  const slack = matchMedia("(pointer: coarse)").matches ? 7 : 0;
  const exact = spotAt(point);
  const spot = (exact && exact.tile === undefined) || nodeAt(point) !== undefined ? exact : spotAt(point, slack);
  if (spot && spot.tile === undefined) return spot.act();
  if (spot && frames.get(spot.tile).opens === Infinity) spot.act();
  const node = nodeAt(point) ?? nodeAt(point, slack);
  if (node !== undefined) return open({ node, move: "near" });
  const edge = linkAt(point);
  if (edge !== undefined) return open({ edge, move: false });
  return close();
}

// The innermost place at a point.
function placeAt(point) {
  const { x, y } = network.DOMtoCanvas(point);
  let found = null;
  frames.forEach((frame, id) => {
    const inside = x >= frame.x && x <= frame.x + frame.width && y >= frame.y && y <= frame.y + frame.height;
    if (inside && (found === null || frame.width < frames.get(found).width)) found = id;
  });
  return found;
}

function zoomIntoAt(point) {
  const place = placeAt(point);
  if (place !== null) zoomTo(frames.get(place));
}

function showTip() {
  const tip = byId("tip");
  const text = tipOf();
  tip.hidden = !text;
  stage.style.cursor = text ? "pointer" : "";
  if (!text) return;
  tip.replaceChildren(...text.map((line, n) => make(n ? "span" : "strong", {}, line)));
  const at = hovered.node !== undefined ? onScreen(hovered.node) : pointAlong(wayOf(shownLinks.get(hovered.edge)), 0.5);
  tip.style.left = `${Math.min(Math.max(4, at.x + 14), Math.max(4, stage.clientWidth - tip.offsetWidth - 4))}px`;
  tip.style.top = `${at.y + 18 + tip.offsetHeight > stage.clientHeight ? at.y - tip.offsetHeight - 14 : at.y + 18}px`;
}

// Name, class and places; what it is linked with, by relation.
function tipOf() {
  const { node, edge } = hovered;
  if (edge !== undefined && shownLinks.has(edge)) {
    const { ids } = shownLinks.get(edge);
    const lines = ids.slice(0, MOST_TOLD).map((id) => `${nameOf(edges[id].from)} ${words.predicates[edges[id].label]} ${nameOf(edges[id].to)}`);
    return ids.length > MOST_TOLD ? [...lines, say("moreLinks", { n: ids.length - MOST_TOLD })] : lines;
  }
  if (node === undefined || !drawn.has(node)) return null;
  const { kind } = nodes[node];
  if (isFigure(node)) return [nameOf(node), [nameOf(figures[node - firstFigure].subject), yearText(figures[node - firstFigure])].filter(Boolean).join(" · ")];
  const where = isPlace(node) ? chainOf(node) : districtsOf(node);
  const lines = [nameOf(node), [words.kinds[kind], ...where.map(nameOf)].join(" · ")];
  if (isPlace(node)) {
    const counts = kindNames.filter((one) => !placeKinds.has(one) && countIn(node, one)).map((one) => `${words.kinds[one]} ${countIn(node, one)}`);
    return counts.length ? [...lines, counts.join(" · ")] : lines;
  }
  const groups = new Map();
  edgesOf[node].filter((id) => id < firstMeasure && ["ledBy", "involves", "partOf", "worksFor", "issuedBy"].includes(edges[id].label)).forEach((id) => {
    const title = relationOf(node, edges[id]);
    groups.set(title, [...(groups.get(title) || []), nameOf(otherEnd(edges[id], node))]);
  });
  return [...lines, ...[...groups].slice(0, 4).map(([title, names]) => `${title}: ${names.slice(0, 4).join("、")}${names.length > 4 ? "…" : ""}`)];
}
