// A span of years with both ends, played year by year; what has no date is counted, and leaves only on request.
let playing = null;

function fillYears() {
  byId("years").hidden = allYears.length < 2;
  ["from", "to"].forEach((end) => {
    byId(end).append(make("option", { value: "" }, say("allYears")), ...allYears.map((year) => make("option", { value: year }, String(year))));
    byId(end).addEventListener("change", () => {
      const year = byId(end).value === "" ? null : Number(byId(end).value);
      chooseYears({ from: state.from, to: state.to, [end]: year });
    });
  });
  byId("play").addEventListener("click", () => (playing ? stopPlaying() : play()));
}

// An end that would cross the other one takes it along.
function chooseYears({ from, to }) {
  if (from !== null && to !== null && from > to) {
    if (from !== state.from) to = from;
    else from = to;
  }
  Object.assign(state, { from, to });
  writeAddress(false);
  showState({});
}

function play() {
  const still = state.to !== null && state.from === state.to && state.to !== allYears[allYears.length - 1];
  let next = still ? allYears.indexOf(state.to) + 1 : 0;
  const step = () => {
    if (next >= allYears.length) return stopPlaying();
    chooseYears({ from: allYears[next], to: allYears[next] });
    announce(String(allYears[next]));
    next += 1;
    return undefined;
  };
  playing = setInterval(step, 1200);
  byId("play").textContent = "❚❚";
  step();
}

function stopPlaying() {
  clearInterval(playing);
  playing = null;
  byId("play").textContent = "▶";
}

function showYears() {
  byId("from").value = state.from ?? "";
  byId("to").value = state.to ?? "";
  const spanned = state.from !== null || state.to !== null;
  const undated = [...slots.keys()].filter((id) => !isPlace(id) && !yearsOfNode(id).size).length;
  byId("undated").hidden = !spanned || !undated;
  const check = make("input", { type: "checkbox" });
  check.checked = !state.dated;
  check.addEventListener("change", () => {
    state.dated = !check.checked;
    writeAddress(false);
    showState({});
  });
  byId("undated").replaceChildren(make("label", {}, check, say("undatedShown", { n: undated })));
}

function visibleEdges() {
  return edges.filter((edge) => visible.has(edge.from) && visible.has(edge.to));
}
