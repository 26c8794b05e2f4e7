// The picture to take along: what the window shows, with title and legend, as PNG, as SVG, on paper.
const TITLE = 46;
const LEGEND_ROW = 24;
let isTakenAlong = false; // a picture to take along has no buttons

// What writes an SVG while being used like a canvas; as much of one as the drawing needs.
function svgPen() {
  const parts = [];
  let path = "";
  let dash = "";
  const measure = document.createElement("canvas").getContext("2d");
  const n = (value) => String(Math.round(value * 100) / 100);
  const paint = (fill, stroke, extra = "") => {
    const alpha = pen.globalAlpha < 1 ? ` opacity="${pen.globalAlpha}"` : "";
    const line = stroke ? ` stroke="${escaped(pen.strokeStyle)}" stroke-width="${n(pen.lineWidth)}"${dash ? ` stroke-dasharray="${dash}"` : ""}` : "";
    return `fill="${fill ? escaped(pen.fillStyle) : "none"}"${line}${alpha}${extra}`;
  };
  const text = (content, x, y, attributes) => {
    const [, weight, size] = /^(\d+) ([\d.]+)px/.exec(pen.font);
    const anchor = pen.textAlign === "center" ? ' text-anchor="middle"' : "";
    parts.push(`<text x="${n(x)}" y="${n(y + size * 0.36)}" font-size="${size}" font-weight="${weight}"${anchor} ${attributes}>${escaped(content)}</text>`);
  };
  const pen = {
    globalAlpha: 1, lineWidth: 1, fillStyle: "#000", strokeStyle: "#000", font: "400 13px sans-serif", textAlign: "left",
    beginPath: () => { path = ""; },
    moveTo: (x, y) => { path += `M${n(x)} ${n(y)}`; },
    lineTo: (x, y) => { path += `L${n(x)} ${n(y)}`; },
    quadraticCurveTo: (x1, y1, x, y) => { path += `Q${n(x1)} ${n(y1)} ${n(x)} ${n(y)}`; },
    closePath: () => { path += "Z"; },
    arc: (x, y, r) => { path += `M${n(x - r)} ${n(y)}a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0`; },
    roundRect: (x, y, width, height, r) => {
      path += `M${n(x + r)} ${n(y)}h${n(width - 2 * r)}q${n(r)} 0 ${n(r)} ${n(r)}v${n(height - 2 * r)}q0 ${n(r)} ${n(-r)} ${n(r)}h${n(2 * r - width)}q${n(-r)} 0 ${n(-r)} ${n(-r)}v${n(2 * r - height)}q0 ${n(-r)} ${n(r)} ${n(-r)}Z`;
    },
    setLineDash: (lengths) => { dash = lengths.join(" "); },
    fill: () => parts.push(`<path d="${path}" ${paint(true, false)}/>`),
    stroke: () => parts.push(`<path d="${path}" ${paint(false, true)}/>`),
    fillRect: (x, y, width, height) => parts.push(`<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" ${paint(true, false)}/>`),
    fillText: (content, x, y) => text(content, x, y, paint(true, false)),
    strokeText: (content, x, y) => text(content, x, y, paint(false, true, ' stroke-linejoin="round"')),
    measureText: (content) => {
      measure.font = pen.font;
      return measure.measureText(content);
    },
    parts,
  };
  return pen;
}

function escaped(text) {
  const clean = String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  return clean.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function paintPicture(pen) {
  pen.fillStyle = colours.paper;
  pen.fillRect(0, 0, stage.clientWidth, stage.clientHeight);
  isTakenAlong = true;
  paintCells(pen);
  paintLines(pen);
  drawn.forEach((id) => paintMark(pen, id));
  paintOver(pen);
  isTakenAlong = false;
}

function paintTitle(pen) {
  pen.fillStyle = colours.paper;
  pen.fillRect(0, 0, stage.clientWidth, TITLE);
  write(pen, document.title, 14, 17, { size: 16, weight: 700, halo: null });
  write(pen, filtersText(), 14, 36, { size: SMALL, colour: colours.soft, halo: null });
}

// What was chosen, so that nobody takes a part for the whole.
function filtersText() {
  const years = state.from === null && state.to === null ? "" : `${state.from ?? "…"}–${state.to ?? "…"}`;
  const article = state.article === null ? "" : sources[state.article].headline;
  return [lit ? "" : toldNow().text, state.district === null ? "" : nameOf(state.district), article, years].filter(Boolean).join(" · ");
}

// The signs of the legend with their texts, in as many rows as the picture's width asks for.
function legendRows(pen) {
  const kinds = kindNames.filter((kind) => shapeOfKind.has(kind) && state.kinds.has(kind)).map((kind) => ({ kind, text: words.kinds[kind], sign: 15 }));
  const lines = [["ledBy", "lineLedBy"], ["involves", "lineInvolves"], ["partOf", "linePartOf"], ["implementedIn", "lineShared"]].map(([label, key]) => ({ label, text: say(key), sign: 28 }));
  const rows = [[]];
  let x = 14;
  [...kinds, { ring: true, text: say("ringLedBy"), sign: 19 }, ...lines].forEach((item) => {
    const wide = item.sign + widthOf(pen, item.text, fontOf(SMALL)) + 16;
    if (x + wide > stage.clientWidth && rows[rows.length - 1].length) {
      rows.push([]);
      x = 14;
    }
    rows[rows.length - 1].push({ ...item, x });
    x += wide;
  });
  return rows;
}

function footOf(rows) {
  return rows.length * LEGEND_ROW + 10;
}

function paintLegend(pen, top, rows) {
  pen.fillStyle = colours.paper;
  pen.fillRect(0, top, stage.clientWidth, footOf(rows));
  rows.forEach((row, n) => row.forEach((item) => paintLegendItem(pen, item, top + 5 + (n + 0.5) * LEGEND_ROW)));
}

function paintLegendItem(pen, { kind, ring, label, text, sign, x }, y) {
  if (kind) paintSign(pen, kind, x + 5, y, 5);
  else {
    pen.lineWidth = 2;
    pen.strokeStyle = colours[ring ? "ledBy" : label] || colours.edge;
    pen.setLineDash(label === "partOf" || label === "implementedIn" ? [5, 4] : []);
    pen.beginPath();
    if (ring) pen.arc(x + 7, y, 6, 0, 2 * Math.PI);
    else {
      pen.moveTo(x, y);
      pen.lineTo(x + 22, y);
    }
    pen.stroke();
    pen.setLineDash([]);
  }
  write(pen, text, x + sign, y, { size: SMALL, halo: null });
}

function svgOfPicture() {
  const [width, height] = [stage.clientWidth, stage.clientHeight];
  const [head, middle, foot] = [svgPen(), svgPen(), svgPen()];
  paintTitle(head);
  paintPicture(middle);
  const rows = legendRows(foot);
  paintLegend(foot, TITLE + height, rows);
  network.redraw(); // the boxes under the pointer are those of the window again
  const whole = height + TITLE + footOf(rows);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${whole}" viewBox="0 0 ${width} ${whole}" font-family="${escaped(colours.font)}" role="img">`,
    `<title>${escaped(document.title)}</title>`, ...head.parts,
    `<svg x="0" y="${TITLE}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" overflow="hidden">`, ...middle.parts, "</svg>",
    ...foot.parts, "</svg>", "",
  ].join("\n");
}

function saveDrawing() {
  save("network.svg", new Blob([svgOfPicture()], { type: "image/svg+xml" }));
}

function saveImage() {
  const [width, height] = [stage.clientWidth, stage.clientHeight];
  const rows = legendRows(svgPen());
  const picture = make("canvas", { width: 2 * width, height: 2 * (height + TITLE + footOf(rows)) });
  const pen = picture.getContext("2d");
  pen.setTransform(2, 0, 0, 2, 0, 2 * TITLE);
  paintPicture(pen);
  pen.setTransform(2, 0, 0, 2, 0, 0);
  paintTitle(pen);
  paintLegend(pen, TITLE + height, rows);
  network.redraw();
  picture.toBlob((blob) => save("network.png", blob), "image/png");
}

// Paper is white, whatever the screen is.
function fillSheet() {
  document.documentElement.classList.add("printing");
  readColours();
  const parsed = new DOMParser().parseFromString(svgOfPicture(), "image/svg+xml");
  byId("sheet").replaceChildren(document.importNode(parsed.documentElement, true));
  clearColours();
}

function clearColours() {
  document.documentElement.classList.remove("printing");
  recolour();
}

function clearSheet() {
  byId("sheet").replaceChildren();
}
