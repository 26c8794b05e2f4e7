// The numbers of a thing: a table over the years, and a chart where there are three or more, each point a way to its sentence.
const CHART = { width: 340, height: 96, left: 8, right: 8, top: 16, bottom: 18 };

function numbers(id) {
  const own = figuresOf[id];
  if (!own.length) return null;
  const series = new Map();
  own.forEach((index) => {
    const key = seriesOf(figures[index]);
    series.set(key, [...(series.get(key) || []), index]);
  });
  const placed = new Set(own.map((index) => areaOf(index, id))).size > 1;
  const head = make("tr", {}, make("th", { scope: "col" }, say("indicator")), make("th", { scope: "col" }, say(placed ? "yearAndPlace" : "yearColumn")));
  head.append(make("th", { scope: "col", class: "value" }, say("value")));
  const charts = [...series.values()].flatMap((indices) => byArea(indices, id)).map(([area, indices]) => chart(byYear(indices), area)).filter(Boolean);
  const body = make("tbody", {}, ...[...series.values()].flatMap((indices) => rowsOf(indices, id, placed)));
  return make("section", { id: "numbers" }, make("h3", {}, `${say("numbers")} (${own.length})`), ...charts, make("table", {}, make("thead", {}, head), body));
}

function byYear(indices) {
  const year = (index) => yearText(figures[index]) || "9";
  return [...indices].sort((one, other) => (year(one) < year(other) ? -1 : Number(year(one) > year(other))) || one - other);
}

// Where a number holds, if that is not the thing itself.
function areaOf(index, id) {
  const { area } = figures[index];
  return area === undefined || area === id ? null : area;
}

function byArea(indices, id) {
  const groups = new Map();
  indices.forEach((index) => groups.set(areaOf(index, id), [...(groups.get(areaOf(index, id)) || []), index]));
  return [...groups];
}

function rowsOf(indices, id, placed) {
  return byYear(indices).map((index, place) => {
    const figure = figures[index];
    const row = make("tr", {});
    if (!place) row.append(make("th", { scope: "rowgroup", rowspan: indices.length }, figure.series || figure.indicator));
    const value = make("button", { type: "button", class: "text", onclick: () => open({ node: firstFigure + index }) }, valueText(figure));
    const mark = figure.disputed ? make("span", { class: "dispute", role: "img", "aria-label": say("disputed"), title: say("disagreeNote") }, "!") : null;
    const area = areaOf(index, id);
    const where = placed && area !== null ? make("div", { lang: "zh", class: "where" }, nameOf(area)) : null;
    row.append(make("td", { class: "year" }, yearText(figure), where), make("td", { class: "value" }, mark, mark ? " " : null, value));
    return row;
  });
}

// The numbers of one area alone: those of several are no curve.
function chart(indices, area) {
  const dated = indices.filter((index) => figures[index].year !== undefined);
  if (new Set(dated.map((index) => figures[index].year)).size < 3) return null;
  const { width, height, left, right, top, bottom } = CHART;
  const [first, last] = [figures[dated[0]].year, figures[dated[dated.length - 1]].year];
  const values = dated.map((index) => Number(figures[index].value));
  const [low, high] = [Math.min(0, ...values), Math.max(...values)];
  const x = (year) => left + 16 + ((year - first) / (last - first)) * (width - left - right - 32);
  const y = (value) => (high === low ? height / 2 : height - bottom - ((value - low) / (high - low)) * (height - top - bottom));
  const points = dated.map((index) => ({ index, x: x(figures[index].year), y: y(Number(figures[index].value)) }));
  const { series, indicator } = figures[dated[0]];
  const ends = { from: first, to: last, first: valueText(figures[dated[0]]), last: valueText(figures[dated[dated.length - 1]]) };
  const svg = drawing("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": say("trend", { name: series || indicator, ...ends }) });
  svg.append(drawing("polyline", { points: points.map((point) => `${point.x.toFixed(1)},${point.y.toFixed(1)}`).join(" ") }));
  points.forEach((point, n) => svg.append(pointOf(point, n === 0 ? "start" : n === points.length - 1 ? "end" : null)));
  const caption = [series || indicator, area === null ? "" : nameOf(area)].filter(Boolean).join(" · ");
  return make("figure", {}, make("figcaption", { class: "also", lang: "zh" }, caption), svg);
}

function pointOf({ index, x, y }, end) {
  const figure = figures[index];
  const label = say("pointLabel", { year: figure.year, value: valueText(figure) });
  const point = drawing("g", { class: "point", role: "button", tabindex: 0, "aria-label": label });
  const title = drawing("title", {});
  title.textContent = label;
  point.append(title, drawing("rect", { x: x - 15, y: 0, width: 30, height: CHART.height, "fill-opacity": 0 }), drawing("circle", { cx: x, cy: y, r: 4 }));
  const text = (at, content, anchor) => {
    const node = drawing("text", { x: anchor === "start" ? x - 6 : anchor === "end" ? x + 6 : x, y: at, "text-anchor": anchor });
    node.textContent = content;
    return node;
  };
  point.append(text(CHART.height - 4, String(figure.year), "middle"));
  if (end) point.append(text(Math.max(10, y - 8), grouped(figure.value), end));
  const show = () => open({ node: firstFigure + index, focus: true });
  point.addEventListener("click", show);
  point.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") show();
  });
  return point;
}

// Numbers of other articles for the same thing, indicator and year.
function rivals(index) {
  const { subject, area, year, disputed } = figures[index];
  if (!disputed) return [];
  const key = seriesOf(figures[index]);
  return figuresOf[subject].filter((other) => {
    const figure = figures[other];
    return other !== index && figure.disputed && seriesOf(figure) === key && figure.area === area && figure.year === year;
  });
}
