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

function saveImage() {
  const drawn = stage.querySelector("canvas");
  const picture = make("canvas", { width: drawn.width, height: drawn.height });
  const ctx = picture.getContext("2d");
  ctx.fillStyle = colours.paper;
  ctx.fillRect(0, 0, picture.width, picture.height);
  ctx.drawImage(drawn, 0, 0);
  picture.toBlob((blob) => save("network.png", blob), "image/png");
}

// One row a link or number that is shown and a sentence for it; things without either have a row of their own.
function tableRows() {
  const rows = [];
  const used = new Set();
  visibleEdges().forEach(({ id, from, to, label }) => {
    used.add(from).add(to);
    if (id >= firstMeasure) return;
    const told = page.links[id].length ? page.links[id] : [null];
    told.forEach((passage) => rows.push([nameOf(from), kindOf(from), words.predicates[label], nameOf(to), kindOf(to), "", "", "", ...sourceCells(passage)]));
  });
  figures.forEach((figure) => {
    if (!visible.has(figure.subject) || (state.year !== null && !yearsOfFigure(figure).includes(state.year))) return;
    used.add(figure.subject);
    const cells = [nameOf(figure.subject), kindOf(figure.subject), words.predicates.measures, figure.indicator, words.kinds.Metric];
    (figure.passages.length ? figure.passages : [null]).forEach((passage) => rows.push([...cells, figure.value, figure.unit, yearText(figure), ...sourceCells(passage)]));
  });
  visible.forEach((id) => used.has(id) || rows.push([nameOf(id), kindOf(id), "", "", "", "", "", "", ...sourceCells(isFigure(id) ? null : things[id].passages[0] ?? null)]));
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
