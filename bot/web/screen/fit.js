// How large the type can be, and what stands beside what: the most that can be read from the last row.

const LEAST = 24 / 720; // of the height of the screen; below this the last row reads nothing
const LAST = 17 / 720; // rather than that something is not seen at all
const MOST = 46 / 720;
const EASY = 31 / 720; // beside a figure the type grows no further: the figure does
const LEFT = [0.36, 0.44, 0.5, 0.58, 0.66]; // shares of the width for the left column
const PARTS = ["gathering", "over", "vignette", "reveal", "answer", "whys", "figures", "question"];

const byId = (id) => document.getElementById(id);
const stage = byId("stage");

let fitted = "";

/** Which parts stand there together, best first; the last is what can always be shown. */
function choices(state) {
  const text = ["vignette", ...(state.reveal.length ? ["reveal"] : [])];
  const news = state.reveal.length ? ["reveal"] : [];
  const figures = state.figures.length ? ["figures"] : [];
  if (state.state === "gathering") return [["gathering"]];
  if (state.state === "ended") return [["over"]];
  if (!state.asked) return [[...text, ...figures], [...news, ...figures], text];
  if (state.answer) {
    const point = state.answer.key_point.length ? ["answer"] : [];
    const whys = state.answer.whys.some((each) => each.length) ? ["whys"] : [];
    return [
      [...point, ...whys, ...figures, "question"],
      [...point, ...figures, "question"],
      [...point, ...whys, "question"],
      [...point, "question"],
      ["stacked", ...point, "question"],
    ];
  }
  return [
    [...text, ...figures, "question"],
    [...news, ...figures, "question"],
    [...figures, "question"],
    [...news, "question"],
    ["question"],
  ];
}

function alonePart(state, alone) {
  if (alone === "text") return ["vignette", ...(state.reveal.length ? ["reveal"] : [])];
  if (alone === "question") return ["question"];
  return ["figures"];
}

/**
 * Put these parts on the stage. A figure beside a text alone has the right column for itself;
 * "stacked" puts the answer above the question.
 */
function place(parts) {
  for (const part of PARTS) byId(part).hidden = !parts.includes(part);
  const aside = !parts.includes("question") && parts.length > 1;
  byId(aside ? "right" : "left").append(byId("figures"));
  if (parts.includes("stacked")) byId("right").prepend(byId("answer"));
  else byId("left").insertBefore(byId("answer"), byId("whys"));
  let columns = 0;
  for (const side of ["left", "right"]) {
    const filled = byId(side).querySelector(".part:not([hidden])") !== null;
    byId(side).hidden = !filled;
    columns += filled;
  }
  stage.toggleAttribute("data-asked", parts.includes("question"));
  if (columns < 2) stage.dataset.alone = parts[0];
  else delete stage.dataset.alone;
  return columns;
}

function fits() {
  return ["left", "right"].every((side) => {
    const column = byId(side);
    return column.scrollHeight <= column.clientHeight + 1 && column.scrollWidth <= column.clientWidth + 1;
  });
}

/** The largest size (px) at which all is seen, at least `least`; 0: none. */
function largest(least, most) {
  const tries = (size) => {
    stage.style.setProperty("--size", `${size}px`);
    return fits();
  };
  if (!tries(least)) return 0;
  if (tries(most)) return most;
  let [low, high] = [least, most];
  while (high - low > 0.5) {
    const middle = (low + high) / 2;
    if (tries(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** How much of the stage the figures cover, 0 to 1, as they are drawn. */
function covered() {
  let area = 0;
  for (const picture of document.querySelectorAll("#figures img")) {
    const ratio = picture.naturalWidth / picture.naturalHeight || 1;
    const [width, height] = [picture.clientWidth, picture.clientHeight];
    area += Math.min(width, height * ratio) * Math.min(height, width / ratio);
  }
  return area / (stage.clientWidth * stage.clientHeight);
}

/** The best of the ways in which these parts can stand there; size 0: they cannot. */
function best(parts, least, most, state) {
  const columns = place(parts);
  const wide = (state.asked?.choices.length ?? 0) > 5 && columns === 1 ? [false, true] : [false];
  const pictured = parts.includes("figures");
  let found = { size: 0, worth: -1, left: 0.5 };
  for (const left of columns === 2 ? LEFT : [0.5]) {
    for (const inTwo of wide) {
      byId("question").classList.toggle("wide", inTwo);
      stage.style.setProperty("--left", `${left * 100}%`);
      const size = largest(least, most);
      // A figure that covers a third of the stage is worth as much as type twice as large.
      const worth = size && size / least + (pictured ? Math.min(covered(), 0.4) * 3 : 0);
      // Columns alike are easier on the eye.
      const even = worth - Math.abs(left - 0.5) / 6;
      if (size && even > found.worth + 0.02) found = { size, worth: even, left, inTwo };
    }
  }
  return found;
}

/**
 * The first of the ways in which all can be read, in type of `least` of the height or more; else the
 * last, closer together, or smaller.
 */
function tried(state, ways, least) {
  const way = ways.at(-1);
  const attempts = ways.flatMap((way) => [
    { way, least, tight: false },
    // With bars beside the choices there is room for what would have to go.
    ...(state.bars.length ? [{ way, least, tight: true }] : []),
  ]);
  attempts.push({ way, least, tight: true }, { way, least: LAST, tight: true });
  for (const { way, least, tight } of attempts) {
    byId("question").classList.toggle("tight", tight);
    const found = best(way, least * innerHeight, Math.max(least, most(way)) * innerHeight, state);
    if (found.size) return { way, ...found, tight };
  }
  return { way, size: 0, left: 0.5, tight: true };
}

/** A figure grows instead of what is read beside it. */
function most(way) {
  if (!way.includes("figures")) return MOST;
  return way.length > 1 ? EASY : LEAST;
}

/** As `tried`, larger or smaller as somebody has asked by key; larger by leaving parts out. */
function sized(state, ways, scale) {
  const usual = tried(state, ways, LEAST);
  const wanted = (usual.size || LEAST * innerHeight) * scale;
  if (scale > 1) {
    const larger = tried(state, ways, wanted / innerHeight);
    if (larger.size >= wanted - 1) return larger;
  }
  return { ...usual, size: wanted, scrolls: scale > 1 || !usual.size };
}

export function fit(state, alone, anew) {
  const { count, join, ...rest } = state; // what changes all the time, and elsewhere
  const scale = Number(document.documentElement.dataset.scale);
  const key = JSON.stringify([rest, alone, scale, innerWidth, innerHeight]);
  if (key === fitted && !anew) return;
  fitted = key;
  stage.removeAttribute("data-scrolls");
  [...byId("figures").children].forEach((figure, number) => {
    figure.hidden = /^\d+$/.test(alone) && number !== Number(alone);
  });
  const found = sized(state, alone ? [alonePart(state, alone)] : choices(state), scale);
  place(found.way);
  byId("question").classList.toggle("tight", found.tight);
  byId("question").classList.toggle("wide", found.inTwo ?? false);
  stage.toggleAttribute("data-scrolls", found.scrolls ?? false);
  stage.style.setProperty("--left", `${found.left * 100}%`);
  stage.style.setProperty("--size", `${found.size}px`);
  const hides = state.asked && !state.answer && !alone && !found.way.includes("vignette");
  byId("more").hidden = !hides;
}
