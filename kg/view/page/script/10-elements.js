// Building blocks of the panes. Text reaches the page as text nodes only.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function byId(id) {
  return document.getElementById(id);
}

function drawing(tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

const shapePoints = {
  diamond: "8,1 15,8 8,15 1,8",
  square: "2,2 14,2 14,14 2,14",
  triangle: "8,1.5 15,14 1,14",
  hexagon: "4,2 12,2 15.5,8 12,14 4,14 0.5,8",
};
const shapeOfKind = new Map(nodes.map((node) => [node.kind, node.shape]));

// The sign of a class, as the canvas draws it.
function icon(kind, size = 14) {
  const svg = drawing("svg", { class: "icon", viewBox: "0 0 16 16", width: size, height: size, "aria-hidden": "true" });
  const points = shapePoints[shapeOfKind.get(kind)];
  const fill = `var(--${kind})`;
  svg.append(points ? drawing("polygon", { points, fill }) : drawing("circle", { cx: 8, cy: 8, r: 7, fill }));
  return svg;
}

function announce(text) {
  byId("live").textContent = text;
}
