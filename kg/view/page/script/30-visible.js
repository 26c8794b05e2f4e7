// Which things the filters let through, and which are lit: what is open with its neighbours.
const allYears = [...new Set(yearsOf.flatMap((years) => [...years]))].sort((one, other) => one - other);
let visible = new Set();
let lit = null; // of what is open: { nodes, edges }, or null

function passes(id, leaveKind = false) {
  if (id === state.node) return true;
  if (!leaveKind && !state.kinds.has(nodes[id].kind)) return false;
  if (isFigure(id)) {
    const figure = figures[id - firstFigure];
    if (state.article !== null && !figure.passages.some((passage) => passages[passage][1] === state.article)) return false;
    return inDistrict(figure.subject);
  }
  if (state.article !== null && !things[id].articles.includes(state.article) && !holdsArticle(id)) return false;
  return inDistrict(id);
}

// Places stay for what the article says of the things in them.
function holdsArticle(id) {
  return isPlace(id) && placesOfArticle(state.article).has(id);
}

const articlePlaces = new Map();
function placesOfArticle(article) {
  if (!articlePlaces.has(article)) {
    const told = things.map((thing, id) => id).filter((id) => things[id].articles.includes(article));
    articlePlaces.set(article, new Set(told.flatMap((id) => [...placesOf[id]])));
  }
  return articlePlaces.get(article);
}

function inDistrict(id) {
  return state.district === null || (things[id].districts || []).includes(state.district);
}

function yearsOfNode(id) {
  return isFigure(id) ? new Set(yearsOfFigure(figures[id - firstFigure])) : yearsOf[id];
}

// Whether a thing is told of in the span of years; places always stay, what has no date unless the reader leaves it out.
function inYears(id) {
  if ((state.from === null && state.to === null) || isPlace(id)) return true;
  const years = yearsOfNode(id);
  if (!years.size) return !state.dated;
  return [...years].some((year) => (state.from === null || year >= state.from) && (state.to === null || year <= state.to));
}

// What a cell holds of the years chosen without showing it.
function foldedIn(place) {
  return tree.cells.get(place).folded.filter(inYears);
}

function findVisible() {
  const found = new Set();
  slots.forEach((slot, id) => inYears(id) && found.add(id));
  frames.forEach((frame, id) => found.add(id));
  return found;
}

function findLit() {
  if (state.path) return litOfPath();
  if (state.compare) return litOfComparison();
  if (state.edge !== null) {
    const { from, to } = edges[state.edge];
    return { nodes: new Set([from, to]), edges: new Set([state.edge]) };
  }
  if (state.node === null) return null;
  let around = edgesOf[state.node].filter((edge) => edge < firstMeasure || isFigure(state.node));
  if (isPlace(state.node)) around = around.filter((edge) => leadsOut(state.node, otherEnd(edges[edge], state.node)));
  return { nodes: new Set([state.node, ...around.map((edge) => otherEnd(edges[edge], state.node))]), edges: new Set(around) };
}

// What lies around an open place, or in it, needs no line.
function leadsOut(place, id) {
  return !isAround(place, id) && !isAround(id, place);
}
