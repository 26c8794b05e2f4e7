// What a reader takes along: a citation, a picture, a table.
async function copy(text, button) {
  let done = false;
  try {
    await navigator.clipboard.writeText(text);
    done = true;
  } catch {
    done = copyOldWay(text);
  }
  announce(say(done ? "copied" : "notCopied"));
  button.textContent = say(done ? "copied" : "notCopied");
  setTimeout(() => { button.textContent = say("copy"); }, 1600);
}

// For browsers that keep the clipboard from files.
function copyOldWay(text) {
  const field = make("textarea", { class: "copying", readonly: true });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

function save(name, blob) {
  const link = make("a", { download: name });
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// One row a link or number that is shown and a sentence for it; things without either have a row of their own.
function tableRows() {
  const rows = [];
  const used = new Set();
  visibleEdges().forEach(({ id, from, to, label }) => {
    used.add(from).add(to);
    if (id >= firstMeasure) return;
    const told = page.links[id].length ? page.links[id] : [null];
    told.forEach((passage) => rows.push([nameOf(from), kindOf(from), words.predicates[label], nameOf(to), kindOf(to), "", "", "", "", ...sourceCells(passage)]));
  });
  figures.forEach((figure, index) => {
    if (!visible.has(figure.subject) || !inYears(firstFigure + index)) return;
    used.add(figure.subject);
    const cells = [nameOf(figure.subject), kindOf(figure.subject), words.predicates.measures, figure.indicator, words.kinds.Metric];
    (figure.passages.length ? figure.passages : [null]).forEach((passage) => rows.push([...cells, figure.value, figure.unit, valueText(figure), yearText(figure), ...sourceCells(passage)]));
  });
  visible.forEach((id) => used.has(id) || rows.push([nameOf(id), kindOf(id), "", "", "", "", "", "", "", ...sourceCells(isFigure(id) ? null : things[id].passages[0] ?? null)]));
  return rows;
}

function kindOf(id) {
  return words.kinds[nodes[id].kind];
}

function sourceCells(passage) {
  if (passage === null) return ["", "", ""];
  const [text, article] = passages[passage];
  return [sources[article].headline, sources[article].file, text];
}

// A cell that begins like a formula is text to a spreadsheet only behind an apostrophe; a negative number is none.
function cell(value) {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function saveTable() {
  const rows = [say("columns").split(","), ...tableRows()];
  const text = "\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n"; // Excel reads UTF-8 by its mark
  save("network.csv", new Blob([text], { type: "text/csv;charset=utf-8" }));
}

// Names of places and things by id, as Gephi, yEd and networkx read it.
function saveGraph() {
  const keys = ["label", "kind", "district", "weight", "articles", "sentences"];
  const number = new Set(["weight", "articles", "sentences"]);
  const values = (id) => {
    const { districts = [], weight, articles, passages: told } = things[id];
    return [nameOf(id), nodes[id].kind, districts.map(nameOf).join(" | "), weight, articles.length, told.length];
  };
  const ids = [...visible].filter((id) => !isFigure(id));
  const declared = keys.map((key) => `  <key id="${key}" for="node" attr.name="${key}" attr.type="${number.has(key) ? "int" : "string"}"/>`);
  const drawnNodes = ids.map((id) => `    <node id="n${id}">${values(id).map((value, n) => `<data key="${keys[n]}">${escaped(value)}</data>`).join("")}</node>`);
  const drawnEdges = visibleEdges().filter((edge) => edge.id < firstMeasure).map(({ id, from, to, label }) =>
    `    <edge id="e${id}" source="n${from}" target="n${to}"><data key="relation">${escaped(label)}</data><data key="told">${articlesOf(id)}</data></edge>`);
  const text = [
    '<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">', ...declared,
    '  <key id="relation" for="edge" attr.name="label" attr.type="string"/>', '  <key id="told" for="edge" attr.name="articles" attr.type="int"/>',
    '  <graph edgedefault="directed">', ...drawnNodes, ...drawnEdges, "  </graph>", "</graphml>", "",
  ].join("\n");
  save("network.graphml", new Blob([text], { type: "application/xml" }));
}
