// Sentences with the words marked, their source, and a citation to copy.
const PASSAGES_AT_ONCE = 20;
const numeral = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const places = { 十: 10, 百: 100, 千: 1000 };
const multiples = { 百: 1e2, 千: 1e3, 万: 1e4, 亿: 1e8 };

function sentences(ids, marks) {
  const section = make("section", {}, make("h3", {}, `${say("sentences")} (${ids.length})`));
  if (!ids.length) section.append(make("p", { class: "also" }, say("noSentences")));
  const more = make("button", { type: "button", onclick: () => show() });
  let next = 0;
  function show() {
    more.remove();
    ids.slice(next, next + PASSAGES_AT_ONCE).forEach((id) => section.append(sentence(id, marks)));
    next += PASSAGES_AT_ONCE;
    if (next >= ids.length) return;
    more.textContent = say("showMore", { n: ids.length - next });
    section.append(more);
  }
  show();
  return section;
}

function sentence(id, marks) {
  const [text, article, start, end] = passages[id];
  const { headline, file } = sources[article];
  const where = say("characters", { a: start, b: end });
  const button = make("button", { type: "button", onclick: () => copy(`“${text}” ${headline}, ${file}, ${where}`, button) }, say("copy"));
  const title = make("strong", {}, headline);
  const source = page.addresses ? make("a", { href: `${page.addresses.sources[article]}#char=${start},${end}` }, title) : title;
  const caption = make("figcaption", {}, source, ` · ${file} · ${where}`, button);
  return make("figure", { class: "quote" }, make("p", { lang: "zh" }, ...marked(text, marks(text))), caption);
}

// The text in pieces, those of `spans` within <mark>; where spans meet, the first and longest stands.
function marked(text, spans) {
  const pieces = [];
  let from = 0;
  spans.sort((one, other) => one[0] - other[0] || other[1] - one[1]).forEach(([start, end]) => {
    if (start < from || end <= start) return;
    pieces.push(text.slice(from, start), make("mark", {}, text.slice(start, end)));
    from = end;
  });
  pieces.push(text.slice(from));
  return pieces;
}

function spansOf(text, names) {
  const spans = [];
  names.filter(Boolean).forEach((name) => {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) spans.push([at, at + name.length]);
  });
  return spans;
}

// Names of nodes, and the printed number of metrics.
function marksOf(ids) {
  return (text) => ids.flatMap((id) => {
    if (!isFigure(id)) return spansOf(text, things[id].names);
    const figure = figures[id - firstFigure];
    return [...quantitySpans(text, figure), ...spansOf(text, [figure.indicator])];
  });
}

function quantitySpans(text, figure) {
  const spans = [];
  for (const found of text.matchAll(/\d[\d,，]*(?:\.\d+)?[百千万亿]*|[零〇一二两三四五六七八九十百千万亿]+/g)) {
    if (readNumber(found[0]) !== Number(figure.value)) continue;
    const after = text.slice(found.index + found[0].length).match(/^[余多]?/)[0].length;
    const end = found.index + found[0].length + after;
    spans.push([found.index, text.startsWith(figure.unit, end) ? end + figure.unit.length : end]);
  }
  return spans;
}

function readNumber(printed) {
  const [, digits, tail] = printed.match(/^([\d,，.]*)(.*)$/);
  if (digits) return [...tail].reduce((value, sign) => value * multiples[sign], Number(digits.replace(/[,，]/g, "")));
  let [whole, part, digit] = [0, 0, 0];
  for (const sign of tail) {
    if (sign in numeral) digit = numeral[sign];
    else if (sign in places) {
      part += (digit || 1) * places[sign];
      digit = 0;
    } else {
      whole = (whole + part + digit) * multiples[sign];
      part = digit = 0;
    }
  }
  return whole + part + digit;
}
