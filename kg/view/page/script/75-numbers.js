// The numbers of a thing: a table over the years, a small curve where there are three or more.
const CURVE = { width: 120, height: 26, margin: 3 };

function numbers(id) {
  const own = figuresOf[id];
  if (!own.length) return null;
  const series = new Map();
  own.forEach((index) => {
    const { series: name, unit, kind } = figures[index];
    const key = `${name}\n${unit}\n${kind}`;
    series.set(key, [...(series.get(key) || []), index]);
  });
  const head = make("tr", {}, make("th", { scope: "col" }, say("indicator")), make("th", { scope: "col" }, say("yearColumn")));
  head.append(make("th", { scope: "col", class: "value" }, say("value")));
  const body = make("tbody", {}, ...[...series.values()].flatMap(rowsOf));
  return make("section", { id: "numbers" }, make("h3", {}, `${say("numbers")} (${own.length})`), make("table", {}, make("thead", {}, head), body));
}

function rowsOf(indices) {
  const sorted = [...indices].sort((one, other) => (yearText(figures[one]) || "9") < (yearText(figures[other]) || "9") ? -1 : 1);
  return sorted.map((index, place) => {
    const figure = figures[index];
    const row = make("tr", {});
    if (!place) row.append(make("th", { scope: "rowgroup", rowspan: sorted.length }, figure.series || figure.indicator, curve(sorted)));
    const value = make("button", { type: "button", class: "text", onclick: () => open({ node: firstFigure + index }) }, valueText(figure));
    const mark = figure.disputed ? make("span", { class: "dispute", role: "img", "aria-label": say("disputed"), title: say("disagreeNote") }, "!") : null;
    row.append(make("td", { class: "year" }, yearText(figure)), make("td", { class: "value" }, mark, mark ? " " : null, value));
    return row;
  });
}

function curve(indices) {
  const points = indices.map((index) => figures[index]).filter((figure) => figure.year !== undefined).map((figure) => [figure.year, Number(figure.value)]);
  if (new Set(points.map(([year]) => year)).size < 3) return null;
  const { width, height, margin } = CURVE;
  const [first, last] = [points[0][0], points[points.length - 1][0]];
  const values = points.map(([, value]) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (year) => margin + ((year - first) / (last - first)) * (width - 2 * margin);
  const y = (value) => (high === low ? height / 2 : height - margin - ((value - low) / (high - low)) * (height - 2 * margin));
  const svg = drawing("svg", { class: "spark", width, height, role: "img" });
  const figure = figures[indices[0]];
  const label = { name: figure.series, from: first, to: last, first: grouped(figure.value), last: grouped(figures[indices[indices.length - 1]].value) };
  svg.setAttribute("aria-label", say("trend", label));
  svg.append(drawing("polyline", { points: points.map(([year, value]) => `${x(year).toFixed(1)},${y(value).toFixed(1)}`).join(" ") }));
  const [year, value] = points[points.length - 1];
  svg.append(drawing("circle", { cx: x(year), cy: y(value), r: 2.5 }));
  return svg;
}

// Numbers of other articles for the same thing, indicator and year.
function rivals(index) {
  const { subject, series, unit, kind, year, disputed } = figures[index];
  if (!disputed) return [];
  return figuresOf[subject].filter((other) => {
    const figure = figures[other];
    return other !== index && figure.disputed && figure.series === series && figure.unit === unit && figure.kind === kind && figure.year === year;
  });
}
