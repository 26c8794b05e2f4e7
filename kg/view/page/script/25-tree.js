// The tree of places as the reader has it: who lies in whom, folded where nobody has opened it.
const ROOT = -1;
const placeKinds = new Set(page.placeKinds);
const isPlace = (id) => id !== ROOT && placeKinds.has(nodes[id].kind);
const parentOf = nodes.map((node, id) => {
  const whose = isFigure(id) ? figures[id - firstFigure].subject : id;
  if (whose !== id && isPlace(whose)) return whose;
  return things[whose].parent ?? ROOT;
});

function chainOf(id) {
  const chain = [];
  for (let place = parentOf[id]; place !== ROOT; place = parentOf[place]) chain.push(place);
  return chain;
}

// All places that a thing belongs to, in part or as a whole.
const placesOf = nodes.map((node, id) => {
  const { homes = [] } = things[isFigure(id) ? figures[id - firstFigure].subject : id];
  return new Set(homes.flatMap((home) => [home, ...chainOf(home)]));
});

const topDown = nodes.map((node) => node.id).sort((one, other) =>
  Number(isPlace(other)) - Number(isPlace(one)) || chainOf(one).length - chainOf(other).length || one - other);

let tree; // { cells: id -> cell, hosts: id -> the cell that it is drawn in, counts: place -> kind -> number }

function growTree() {
  const cells = new Map([[ROOT, cellOf(ROOT)]]);
  const hosts = new Map();
  topDown.filter((id) => passes(id, true)).forEach((id) => {
    const host = hostOf(id, cells);
    const cell = cells.get(host);
    hosts.set(id, host);
    if (cell.shut) cell.folded.push(id);
    else if (!isShown(id, host)) nodes[id].kind !== "Metric" && cell.folded.push(id);
    else if (isPlace(id)) {
      cells.set(id, cellOf(id));
      cell.kids.push(id);
    } else cell.leaves.push(id);
  });
  [...cells.values()].reverse().forEach(dropEmpty);
  tree = { cells, hosts, counts: countInPlaces(hosts) };

  // A place with nothing but places named in passing is a mark, into which these are folded.
  function dropEmpty(cell) {
    const bare = cell.leaves.every((id) => isPlace(id) && id !== state.node && !state.open.has(cell.id));
    if (cell.id === ROOT || cell.kids.length || !bare || cell.shut) return;
    const host = cells.get(hosts.get(cell.id));
    host.kids.splice(host.kids.indexOf(cell.id), 1);
    host.leaves.push(cell.id);
    cell.folded.push(...cell.leaves.splice(0));
    cell.empty = true;
  }
}

// The cell of a thing: of the least place around it that is there, else of the least one around those of its places that are.
function hostOf(id, cells) {
  let host = parentOf[id];
  while (!cells.has(host)) host = parentOf[host];
  if (host !== ROOT || isPlace(id)) return host;
  const { homes = [] } = things[isFigure(id) ? figures[id - firstFigure].subject : id];
  const chains = homes.map((home) => [home, ...chainOf(home)].filter((place) => cells.has(place))).filter((chain) => chain.length);
  if (!chains.length) return ROOT;
  return chains[0].find((place) => chains.every((chain) => chain.includes(place))) ?? ROOT;
}

function cellOf(id) {
  return { id, kids: [], leaves: [], folded: [], shut: state.shut.has(id), empty: false };
}

function isShown(id, host) {
  return state.kinds.has(nodes[id].kind) || (state.open.has(host) && nodes[id].kind !== "Metric") || id === state.node;
}

// How many things of each kind belong to each place, those that it shares with others among them.
function countInPlaces(hosts) {
  const counts = new Map();
  hosts.forEach((host, id) => {
    if (!inYears(id)) return;
    const { kind } = nodes[id];
    placesOf[id].forEach((place) => {
      if (!counts.has(place)) counts.set(place, new Map());
      counts.get(place).set(kind, (counts.get(place).get(kind) || 0) + 1);
    });
  });
  return counts;
}

function countIn(place, kind) {
  return tree.counts.get(place)?.get(kind) || 0;
}

// Whether what is drawn in a place belongs to several places within it rather than to the place itself.
function isShared(id, host) {
  const { homes = [] } = isFigure(id) ? {} : things[id];
  return !isPlace(id) && homes.length > 1 && !homes.includes(host);
}

// What stands on the picture for a thing: itself, or the place that it is folded into.
function shownFor(id) {
  if (isFigure(id) && !slots.has(id)) return shownFor(figures[id - firstFigure].subject);
  for (let place = id; place !== ROOT; place = parentOf[place]) if (slots.has(place) || frames.has(place)) return place;
  return null;
}
