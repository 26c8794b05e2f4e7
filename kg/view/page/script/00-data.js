// The data block, and indexes over it. Nodes are things first, then metrics; ids are places in these lists.
const page = JSON.parse(document.getElementById("data").textContent);
const { nodes, edges, things, figures, passages, sources, words } = page;
const firstFigure = things.length;
const firstMeasure = page.links.length; // edges from here on tie a metric to its thing
const kindNames = Object.keys(words.kinds);

const edgesOf = nodes.map(() => []);
edges.forEach((edge) => {
  edgesOf[edge.from].push(edge.id);
  edgesOf[edge.to].push(edge.id);
});

const byKey = new Map();
things.forEach((thing, id) => byKey.set(thing.key, id));
figures.forEach((figure, index) => byKey.set(figure.key, firstFigure + index));
const edgeByKey = new Map(edges.slice(0, firstMeasure).map((edge) => [edgeKey(edge), edge.id]));

const figuresOf = things.map(() => []);
figures.forEach((figure, index) => figuresOf[figure.subject].push(index));

const yearsOf = things.map((thing, id) => {
  const told = thing.articles.map((article) => sources[article].year);
  return new Set([...told, ...figuresOf[id].flatMap((index) => yearsOfFigure(figures[index]))].filter(Boolean));
});

function yearsOfFigure(figure) {
  if (figure.year !== undefined) return [figure.year];
  if (!figure.years) return figure.passages.map((id) => sources[passages[id][1]].year).filter(Boolean);
  const [first, last] = figure.years;
  return Array.from({ length: Math.min(last - first, 200) + 1 }, (_, index) => first + index);
}

function edgeKey(edge) {
  return [things[edge.from].key, edge.label, things[edge.to].key].join(" ");
}

function isFigure(id) {
  return id >= firstFigure;
}

function otherEnd(edge, id) {
  return edge.from === id ? edge.to : edge.from;
}

// A text of the interface with its {places} filled.
function say(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

function articleCount(count) {
  return count === 1 ? say("article1") : say("articles", { n: count });
}

// What the canvas and the panes call a node; a number with what it counts.
function nameOf(id) {
  return isFigure(id) ? numberText(figures[id - firstFigure]) : nodes[id].label;
}

function numberText(figure) {
  return figure.indicator ? `${figure.indicator} ${valueText(figure)}` : valueText(figure);
}

function shorten(name, most = 14) {
  const letters = Array.from(name);
  return letters.length > most ? letters.slice(0, most - 1).join("") + "…" : name;
}

// 1234567.5 -> 1,234,567.5, from the decimal's text: no number is rounded on its way.
function grouped(value) {
  const [whole, part] = value.split(".");
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",") + (part ? "." + part : "");
}

// A number as it is told: 目标 over 2,000 户, up 3%, 20–30 个.
function valueText(figure) {
  const range = grouped(figure.value) + (figure.upper === undefined ? "" : "–" + grouped(figure.upper));
  const value = range + (figure.unit ? (figure.unit === "%" ? "%" : " " + figure.unit) : "");
  const ways = [figure.qualifier, figure.kind, figure.tally, figure.stage].filter((way) => way !== "exact" && way !== "level" && words[way]);
  return ways.reduce((text, way) => say(way, { v: text }), value);
}

// What numbers have in common that can stand in one row or on one curve.
function seriesOf({ series, unit, kind, stage, tally }) {
  return [series, unit, kind, stage, tally].join("\n");
}

function yearText(figure) {
  if (figure.year !== undefined) return String(figure.year);
  return figure.years ? figure.years.join("–") : "";
}
