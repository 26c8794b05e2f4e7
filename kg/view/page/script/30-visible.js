// Which nodes are seen: what the filters let through, and always what is open with its neighbours.
const allYears = [...new Set(yearsOf.flatMap((years) => [...years]))].sort((one, other) => one - other);
let visible = new Set();
let lit = null; // of what is open: { nodes, edges }, or null

function passes(id, leaveKind = false) {
  if (isFigure(id)) {
    const figure = figures[id - firstFigure];
    if (!leaveKind && !state.kinds.has("Metric")) return false;
    if (state.year !== null && !yearsOfFigure(figure).includes(state.year)) return false;
    if (state.article !== null && !figure.passages.some((passage) => passages[passage][1] === state.article)) return false;
    return inDistrict(figure.subject);
  }
  if (!leaveKind && !state.kinds.has(nodes[id].kind)) return false;
  if (state.article !== null && !things[id].articles.includes(state.article)) return false;
  if (state.year !== null && !yearsOf[id].has(state.year)) return false;
  return inDistrict(id);
}

function inDistrict(id) {
  return state.district === null || id === state.district || (things[id].districts || []).includes(state.district);
}

function findVisible() {
  const found = new Set();
  nodes.forEach((node) => {
    if (passes(node.id)) found.add(node.id);
  });
  lit = findLit();
  if (lit) lit.nodes.forEach((id) => found.add(id));
  return found;
}

function findLit() {
  if (state.edge !== null) {
    const { from, to } = edges[state.edge];
    return { nodes: new Set([from, to]), edges: new Set([state.edge]) };
  }
  if (state.node === null) return null;
  const around = edgesOf[state.node];
  return { nodes: new Set([state.node, ...around.map((edge) => otherEnd(edges[edge], state.node))]), edges: new Set(around) };
}

function visibleEdges() {
  return edges.filter((edge) => visible.has(edge.from) && visible.has(edge.to));
}
