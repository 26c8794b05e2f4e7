// Counts in headers that open on a click: of what is folded, and of what the window has no room to name.
const NEARER = 1.6; // how much the latter zooms in at least

// What of a cell's own the window has no room to name: things whose slots are closed, and tiles that stay blank.
function withoutRoom(id) {
  const { leaves, kids } = tree.cells.get(id);
  const own = leaves.filter((leaf) => !slots.get(leaf).group.title);
  const blank = kids.filter((kid) => isClosed(frames.get(kid)) && !namedPlaces.has(kid) && isSeen(boxOf(frames.get(kid))));
  return closedOf(own).length + blank.length;
}

const closedOf = (leaves) => leaves.filter((leaf) => visible.has(leaf) && !drawn.has(leaf));

// Their number, which leads nearer; where it ends comes back.
function drawRest(pen, x, y, count, right, rect) {
  const text = `+${count.toLocaleString("en")}`;
  const wide = widthOf(pen, text, fontOf(SMALL)) + 10;
  if (!count || x + wide > right) return x;
  drawChip(pen, x, y, [["", text]], () => zoomTo(rect, zoom * NEARER), say("withoutRoom", { n: count }));
  return x + wide + 6;
}

function partsOfFolded(folded) {
  const counts = new Map();
  folded.forEach((id) => counts.set(nodes[id].kind, (counts.get(nodes[id].kind) || 0) + 1));
  return kindNames.filter((kind) => counts.has(kind)).map((kind) => [kind, String(counts.get(kind))]);
}

function chipWidth(pen, parts) {
  return 18 + parts.reduce((sum, [kind, text]) => sum + (kind ? 13 : 0) + widthOf(pen, text, fontOf(SMALL)) + 6, 0);
}

// A count that opens on a click.
function drawChip(pen, x, y, parts, act, title) {
  const plain = parts.length === 1 && !parts[0][0];
  const wide = plain ? widthOf(pen, parts[0][1], fontOf(SMALL)) + 10 : chipWidth(pen, parts);
  pen.beginPath();
  pen.roundRect(x, y - 9, wide, 18, 9);
  pen.fillStyle = colours.card;
  pen.fill();
  pen.lineWidth = 1;
  pen.strokeStyle = colours["tile-line"];
  pen.stroke();
  let at = x + 6;
  if (!plain) {
    write(pen, "+", at, y, { size: SMALL, colour: colours.soft, halo: null });
    at += 10;
  }
  parts.forEach(([kind, text]) => {
    if (kind) paintSign(pen, kind, at + 5, y, 4);
    write(pen, text, at + (kind ? 12 : -1), y, { size: SMALL, colour: colours.soft, halo: null });
    at += (kind ? 13 : 0) + widthOf(pen, text, fontOf(SMALL)) + 6;
  });
  spots.push({ left: x, right: x + wide, top: y - 11, bottom: y + 11, act, title });
  boxes.push({ left: x, right: x + wide, top: y - 9, bottom: y + 9 });
}

function drawButton(pen, x, y, sign, act, title) {
  if (!isTakenAlong) write(pen, sign, x, y, { size: 15, colour: colours.soft, align: "center", halo: null });
  spots.push({ left: x - 11, right: x + 11, top: y - 11, bottom: y + 11, act, title });
}
