// What the reader has chosen; the address keeps it, so that a view can be passed on.
const state = {
  node: null, edge: null, kinds: new Set(), open: new Set(), shut: new Set(), district: null, article: null,
  from: null, to: null, dated: false, query: "", path: null, compare: null, list: false, camera: null,
};
let steps = 0; // views opened on this page, for the button that leads back
let deadLinks = []; // what the address names and this page lacks

function defaultKinds() {
  const present = new Set(nodes.map((node) => node.kind));
  const first = page.firstLook.filter((kind) => present.has(kind));
  return new Set(first.some((kind) => !placeKinds.has(kind)) ? first : [...present].filter((kind) => kind !== "Metric"));
}

function sameKinds(one, other) {
  return one.size === other.size && [...one].every((kind) => other.has(kind));
}

const NOWHERE = "*"; // the address's word for what no place is told of

function keyOf(id) {
  if (id === ROOT) return NOWHERE;
  return isFigure(id) ? figures[id - firstFigure].key : things[id].key;
}

function addressOf() {
  const parts = new URLSearchParams();
  const keys = (ids) => [...ids].map(keyOf).sort().join(" ");
  if (state.node !== null) parts.set("thing", keyOf(state.node));
  if (state.edge !== null) parts.set("link", edgeKey(edges[state.edge]));
  if (state.path) parts.set("path", state.path.map(keyOf).join(" "));
  if (state.compare) parts.set("compare", state.compare.map(keyOf).join(" "));
  if (!sameKinds(state.kinds, defaultKinds())) parts.set("show", [...state.kinds].sort().join(","));
  if (state.open.size) parts.set("open", keys(state.open));
  if (state.shut.size) parts.set("shut", keys(state.shut));
  if (state.district !== null) parts.set("district", things[state.district].key);
  if (state.article !== null) parts.set("article", sources[state.article].key);
  if (state.from !== null) parts.set("from", state.from);
  if (state.to !== null) parts.set("to", state.to);
  if (state.dated) parts.set("dated", "1");
  if (state.list) parts.set("list", "1");
  if (state.query) parts.set("search", state.query);
  if (state.camera) parts.set("at", state.camera.join(","));
  return "#" + parts.toString();
}

// Reads the address; what it names and this page lacks is left out, and said.
function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  deadLinks = [];
  const find = (index, key) => {
    if (!key) return null;
    const found = index.get(key);
    if (found === undefined) deadLinks.push(key);
    return found ?? null;
  };
  const some = (name) => (parts.get(name) || "").split(" ").filter((key) => key !== NOWHERE).map((key) => find(byKey, key)).filter((id) => id !== null);
  state.node = find(byKey, parts.get("thing"));
  state.edge = state.node === null ? find(edgeByKey, parts.get("link")) : null;
  const [path, compare] = [some("path"), some("compare")];
  state.path = path.length === 2 && !path.some(isFigure) ? path : null;
  state.compare = compare.length === 2 && compare.every(isPlace) ? compare : null;
  const kinds = (parts.get("show") || "").split(",").filter((kind) => kindNames.includes(kind));
  state.kinds = parts.has("show") ? new Set(kinds) : defaultKinds();
  state.open = new Set(some("open"));
  if ((parts.get("open") || "").split(" ").includes(NOWHERE)) state.open.add(ROOT);
  state.shut = new Set(some("shut").filter(isPlace));
  state.district = find(byKey, parts.get("district"));
  if (state.district !== null && nodes[state.district].kind !== "District") state.district = null;
  const articles = new Map(sources.map((source, index) => [source.key, index]));
  state.article = find(articles, parts.get("article"));
  const years = new Map(allYears.map((year) => [String(year), year]));
  state.from = find(years, parts.get("from") || parts.get("year")); // `year` is how earlier pages had it
  state.to = find(years, parts.get("to") || parts.get("year"));
  state.dated = parts.get("dated") === "1";
  state.list = parts.get("list") === "1";
  state.query = parts.get("search") || "";
  const at = (parts.get("at") || "").split(",").map(Number);
  const [x, y, scale] = at;
  state.camera = at.length === 3 && Math.abs(x) < 10 && Math.abs(y) < 10 && scale > 0 && scale < Infinity ? at : null;
}

// An address as a reader sees it; one that was edited by hand may hold a % that stands for nothing.
function plainAddress(address) {
  try {
    return decodeURI(address || "#");
  } catch {
    return address;
  }
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
  if (plainAddress(location.hash) === plainAddress(written)) return;
  written = location.hash;
  steps = Math.max(0, steps - 1);
  readAddress();
  showNotice();
  showState({ move: true });
  if (state.camera) showCamera();
});

function open({ node = null, edge = null, path = null, compare = null, move = true, focus = false }) {
  Object.assign(state, { node, edge, path, compare });
  writeAddress(true);
  showState({ move, focus });
}

function isOpen() {
  return state.node !== null || state.edge !== null || state.path !== null || state.compare !== null;
}

function close() {
  if (!isOpen()) return;
  Object.assign(state, { node: null, edge: null, path: null, compare: null });
  writeAddress(true);
  showState({});
}
