// The shortest ways between two things, each link with its sentences.
const MOST_PATHS = 5;

function linksBetween(one, other) {
  return edgesOf[one].filter((edge) => edge < firstMeasure && otherEnd(edges[edge], one) === other);
}

// All shortest paths, the weightiest things first, as lists of things.
function shortestPaths(start, goal) {
  const distance = new Map([[start, 0]]);
  const before = new Map([[start, []]]);
  let edge = [start];
  while (edge.length && !distance.has(goal)) {
    const next = [];
    edge.forEach((id) => edgesOf[id].filter((one) => one < firstMeasure).forEach((one) => {
      const other = otherEnd(edges[one], id);
      if (!distance.has(other)) {
        distance.set(other, distance.get(id) + 1);
        before.set(other, []);
        next.push(other);
      }
      if (distance.get(other) === distance.get(id) + 1 && !before.get(other).includes(id)) before.get(other).push(id);
    }));
    edge = next;
  }
  if (!distance.has(goal)) return [];
  const found = [];
  const walk = (id, path) => {
    if (found.length >= MOST_PATHS) return;
    if (id === start) found.push([start, ...path]);
    else [...before.get(id)].sort((one, other) => things[other].weight - things[one].weight || one - other).forEach((one) => walk(one, [id, ...path]));
  };
  walk(goal, []);
  return found;
}

function litOfPath() {
  const paths = shortestPaths(...state.path);
  const lines = paths.flatMap((path) => path.slice(1).flatMap((id, n) => linksBetween(path[n], id)));
  return { nodes: new Set([...state.path, ...paths.flat()]), edges: new Set(lines) };
}

function pathPane([start, goal]) {
  const paths = shortestPaths(start, goal);
  const title = make("h2", {}, say("pathTitle", { a: nameOf(start), b: nameOf(goal) }));
  if (!paths.length) return [title, make("p", { class: "warning" }, say("noPath"))];
  const count = paths.length === 1 ? say("path1") : say("paths", { n: paths.length });
  const steps = paths[0].length - 1;
  const line = make("p", { class: "class" }, `${count} · ${steps === 1 ? say("pathStep1") : say("pathSteps", { n: steps })}`);
  return [title, line, ...paths.map(pathSection)];
}

function pathSection(path, index) {
  const steps = path.slice(1).flatMap((id, n) => linksBetween(path[n], id).map((edge) => {
    const { from, to, label } = edges[edge];
    const ids = page.links[edge];
    const told = ids.slice(0, 2).map((passage) => sentence(passage, marksOf([from, to])));
    const more = ids.length > 2 ? [make("button", { type: "button", onclick: () => open({ edge }) }, say("showMore", { n: ids.length - 2 }))] : [];
    const none = ids.length ? [] : [make("p", { class: "also" }, say("noSentences"))];
    return make("div", { class: "step" }, make("p", { class: "triple" }, chip(from), words.predicates[label], chip(to)), ...told, ...more, ...none);
  }));
  const way = path.map(nameOf).join(" — ");
  return make("section", { class: "path" }, make("h3", {}, say("way", { n: index + 1 })), make("p", { lang: "zh" }, way), ...steps);
}

// A field for the other end, which takes a name or pinyin.
function pathField(id) {
  const field = make("input", { type: "text", list: "path-names", "aria-label": `${say("pathTo")} ${say("pathHint")}`, placeholder: say("pathTo"), autocomplete: "off" });
  const names = make("datalist", { id: "path-names" });
  field.addEventListener("input", () => field.setCustomValidity(""));
  field.addEventListener("input", () => names.replaceChildren(...findThings(field.value).slice(0, 12).map((one) => make("option", { value: nameOf(one.id) }))));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    const found = findThings(field.value).find((one) => one.id !== id);
    if (found) return open({ path: [id, found.id], focus: true });
    field.setCustomValidity(say("nothingFound"));
    field.reportValidity();
    return announce(say("nothingFound"));
  });
  return [field, names];
}
