// Building nodes. Everything shown goes through here, as text nodes: no text is ever read as HTML.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M12 5v.01M12 12v.01M12 19v.01",
  send: "M5 12l14-7-5 14-3-6z",
  photo: "M4 6h16v12H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5v.01",
  attach: "M19 11l-7.5 7.5a4.5 4.5 0 0 1-6.4-6.4L13 4.3a3 3 0 0 1 4.3 4.2l-7.7 7.7a1.5 1.5 0 0 1-2.2-2.1l6.600-6.600",
  edit: "M4 20l1-4L16 5l3 3L8 19l-4 1zM14 7l3 3",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  down: "M12 5v14M6 13l6 6 6-6",
  chevron: "M6 9l6 6 6-6",
  check: "M5 13l4.5 4.5L19 7",
  cross: "M7 7l10 10M17 7L7 17",
  lamp: "M9 18h6M10 21h4M8 14a6 6 0 1 1 8 0c-.7.7-1 1.3-1 2H9c0-.7-.3-1.3-1-2z",
  link: "M9 6h9v9M18 6L6 18",
  lock: "M7 11h10v9H7zM9 11V8a3 3 0 0 1 6 0v3",
  group: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 20a6 6 0 0 1 12 0M16 5.3a3 3 0 0 1 0 5.4M18 14.5a6 6 0 0 1 3 5.5",
  reply: "M10 6l-6 5 6 5M4 11h9a6 6 0 0 1 6 6v1",
  warning: "M12 6v7M12 17.5v.01",
  note: "M12 11v7M12 6.5v.01",
  keys: "M3 6h18v12H3zM7 10v.01M12 10v.01M17 10v.01M8 14h8",
  comment: "M4 5h16v11H11l-5 4v-4H4z",
};

/**
 * Make an element. `props` are attributes, `on…` handlers, a `dataset`, and `testid`, the name by
 * which tests find it; null, undefined or false leaves one out. Children may be nodes, strings,
 * lists of them, or nothing.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (name === "testid") node.dataset.testid = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  append(node, children);
  return node;
}

export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button; with an icon and no visible text, `label` is what a screen reader says. */
export function button(label, { glyph, text = !glyph, ...props }, onclick) {
  return el(
    "button",
    { type: "button", onclick, ...(text ? {} : { "aria-label": label, title: label }), ...props },
    glyph && icon(glyph),
    text && el("span", {}, label),
  );
}

/**
 * Do a button's work, and nothing at a further press meanwhile. It is not disabled for that, which
 * would throw the keyboard's focus away.
 */
export async function whileBusy(node, work) {
  if (node.ariaBusy === "true") return;
  node.ariaBusy = "true";
  try {
    await work();
  } finally {
    node.ariaBusy = "false";
  }
}

/** One of six colours that stays with the id; ids in a row get different ones. */
export const hue = (id) => (Math.imul(id, 0x9e3779b1) >>> 12) % 6;

/** A round picture of initials. */
export function avatar(name, id) {
  const words = name.split(/\s+/).filter(Boolean).slice(0, 2);
  const initials = words.map((word) => [...word][0].toUpperCase());
  return el("span", { class: `avatar hue-${hue(id)}`, "aria-hidden": "true" }, initials);
}

export function fullName(person) {
  return [person.first_name, person.last_name].filter(Boolean).join(" ");
}
