// Which links are drawn, and between which marks: what a folded thing says is drawn from the place that it is folded into.
// At rest, and only those that run clear of all names and marks; all of a thing's lines are drawn when it is open or under
// the pointer.
const MOST_LINES = 60;
const MOST_TRIED = 150; // links that a way is looked for
const MOST_HOMES = 4;
const UPWARD = new Set(["implementedIn", "basedIn", "within"]); // what is so of a place is so of those around it
let shownLinks = new Map(); // edge -> { id, ids, label, start, end, inside, width, dashes, bend, landing, corners }
let quietLinks = []; // those that are not drawn at rest

function drawnFor(id) {
  if (isFigure(id) && !drawn.has(id)) return drawnFor(figures[id - firstFigure].subject);
  for (let place = id; place !== ROOT; place = parentOf[place]) if (drawn.has(place)) return place;
  return null;
}

function linkUp() {
  shownLinks = new Map();
  const pairs = new Map();
  const found = [];
  edges.forEach((edge) => {
    const isLit = lit !== null && lit.edges.has(edge.id);
    if (edge.id >= firstMeasure && !isLit && !drawn.has(edge.from)) return;
    if (!isLit && !(isHere(edge.from) && isHere(edge.to))) return;
    const [start, end] = [drawnFor(edge.from), drawnFor(edge.to)];
    if (start === null || end === null || start === end || (!isLit && isTold(edge, start, end))) return;
    const pair = [start, end, edge.label].join(" ");
    if (pairs.has(pair)) {
      pairs.get(pair).ids.push(edge.id);
      if (isLit) lit.edges.add(pairs.get(pair).id);
      return;
    }
    const link = { ...edge, start, end, isLit, ids: [edge.id], inside: isInside(edge, start, end) };
    pairs.set(pair, link);
    found.push(link);
  });
  const rank = ({ isLit, start, end }) => (isLit ? Infinity : importance(start) + importance(end));
  found.sort((one, other) => (rank(other) > rank(one)) - (rank(other) < rank(one)) || one.id - other.id);
  const ends = new Set();
  const taken = takenRoom();
  quietLinks = [];
  found.filter((link) => link.isLit || beginsOrEndsHere(link)).forEach((link, n) => {
    if (!link.isLit && (n >= MOST_TRIED || shownLinks.size >= MOST_LINES || isOneOfMany(link, found.length))) return quietLinks.push(link);
    const both = [link.start, link.end].sort((one, other) => one - other).join(" ");
    const { hits, ...way } = clearestWay(link, taken, ends.has(both), link.isLit ? Infinity : 1); // the second line of a pair bends
    if (!link.isLit && (hits || !beginsOrEndsHere({ ...link, ...way }))) return quietLinks.push({ ...link, ...way });
    shownLinks.set(link.id, { ...link, ...way });
    takeLine({ ...link, ...way }, taken);
    return ends.add(both);
  });
}

// A line from beyond the window to beyond it would tell nothing.
function beginsOrEndsHere(link) {
  const { parts } = wayOf(link);
  return [parts[0].from, parts[parts.length - 1].to].some(({ x, y }) => x > 0 && y > 0 && x < stage.clientWidth && y < stage.clientHeight);
}

// The lines of a program of many places would take the room of all others, if there are many.
function isOneOfMany({ label, from }, all) {
  return all > MOST_LINES && label === "implementedIn" && (things[from].homes || []).length > MOST_HOMES;
}

// Whether a line ends at a place only because what it leads to is folded into it, so that it says nothing of the place.
function isInside({ from, to, label }, start, end) {
  return start !== from || (end !== to && !UPWARD.has(label));
}

function isHere(id) {
  return tree.hosts.has(id) && inYears(id);
}

// What standing in a place tells already: that it lies, runs or has its seat there. Who leads is drawn in any case: by a
// line, or by a ring where it is the place that it stands in.
function isTold(edge, start, end) {
  if (edge.label === "ledBy" && start === edge.from && tree.hosts.get(start) !== end) return false;
  return isAround(end, start) || isAround(start, end) || start !== edge.from;
}

function isAround(place, id) {
  for (let host = id === ROOT ? ROOT : parentOf[id]; host !== ROOT; host = parentOf[host]) if (host === place) return true;
  return false;
}

function isLedByHost(id) {
  return edgesOf[id].some((edge) => edges[edge].from === id && isRing(edges[edge]));
}

function isRing({ label, from, to }) {
  return label === "ledBy" && tree.hosts.get(from) === to;
}
