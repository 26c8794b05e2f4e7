// What the reader has chosen; the address keeps it, so that a view can be passed on.
const state = { node: null, edge: null, kinds: new Set(), district: null, article: null, year: null, query: "" };
let steps = 0; // views opened on this page, for the button that leads back

function defaultKinds() {
  const present = new Set(nodes.map((node) => node.kind));
  const first = page.firstLook.filter((kind) => present.has(kind));
  return new Set(first.length ? first : [...present].filter((kind) => kind !== "Metric"));
}

function sameKinds(one, other) {
  return one.size === other.size && [...one].every((kind) => other.has(kind));
}

function addressOf() {
  const parts = new URLSearchParams();
  if (state.node !== null) parts.set("thing", isFigure(state.node) ? figures[state.node - firstFigure].key : things[state.node].key);
  if (state.edge !== null) parts.set("link", edgeKey(edges[state.edge]));
  if (!sameKinds(state.kinds, defaultKinds())) parts.set("show", [...state.kinds].sort().join(","));
  if (state.district !== null) parts.set("district", things[state.district].key);
  if (state.article !== null) parts.set("article", sources[state.article].key);
  if (state.year !== null) parts.set("year", state.year);
  if (state.query) parts.set("search", state.query);
  return "#" + parts.toString();
}

function known(value) {
  return value === undefined ? null : value;
}

// Reads the address; what it names and this page lacks is passed over.
function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  state.node = known(byKey.get(parts.get("thing")));
  state.edge = state.node === null ? known(edgeByKey.get(parts.get("link"))) : null;
  const kinds = (parts.get("show") || "").split(",").filter((kind) => kindNames.includes(kind));
  state.kinds = parts.has("show") ? new Set(kinds) : defaultKinds();
  state.district = known(byKey.get(parts.get("district")));
  if (state.district !== null && nodes[state.district].kind !== "District") state.district = null;
  const article = sources.findIndex((source) => source.key === parts.get("article"));
  state.article = article < 0 ? null : article;
  const year = Number(parts.get("year"));
  state.year = Number.isInteger(year) && allYears.includes(year) ? year : null;
  state.query = parts.get("search") || "";
}

let written = location.hash;

// A thing or link opened is a step that the browser's Back undoes; a filter is not.
function writeAddress(step) {
  const address = addressOf();
  if (address === (location.hash || "#")) return;
  written = address;
  if (step) {
    steps += 1;
    location.hash = address;
  } else {
    location.replace(address);
  }
}

window.addEventListener("hashchange", () => {
  if (decodeURI(location.hash) === decodeURI(written)) return;
  written = location.hash;
  steps = Math.max(0, steps - 1);
  readAddress();
  showState({ move: true });
});

function open({ node = null, edge = null, move = true, focus = false }) {
  state.node = node;
  state.edge = edge;
  writeAddress(true);
  showState({ move, focus });
}

function close() {
  if (state.node === null && state.edge === null) return;
  state.node = state.edge = null;
  writeAddress(true);
  showState({});
}
