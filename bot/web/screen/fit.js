// How large the type can be, and what stands beside what: the most that can be read from the last row.

const LEAST = 24 / 720; // of the height of the screen; below this the last row reads nothing
const MOST = 46 / 720;
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
      ["question"],
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

/** Put these parts on the stage. A figure beside a text alone has the right column for itself. */
function place(parts) {
  for (const part of PARTS) byId(part).hidden = !parts.includes(part);
  const aside = !parts.includes("question") && parts.length > 1;
  byId(aside ? "right" : "left").append(byId("figures"));
  const columns = ["left", "right"].filter((side) => byId(side).querySelector(".part:not([hidden])"));
  if (columns.length < 2) stage.dataset.alone = parts[0] === "vignette" ? "text" : parts[0];
  else delete stage.dataset.alone;
  return columns.length;
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

/** The best of the ways in which these parts can stand there; size 0: they cannot. */
function best(parts, least, most, state) {
  const columns = place(parts);
  const wide = (state.asked?.choices.length ?? 0) > 5 && columns === 1 ? [false, true] : [false];
  let found = { size: 0 };
  for (const left of columns === 2 ? LEFT : [0.5]) {
    for (const inTwo of wide) {
      byId("question").classList.toggle("wide", inTwo);
      stage.style.setProperty("--left", `${left * 100}%`);
      const size = largest(least, most);
      // Between equals the one nearest to halves; hence more than a little better.
      if (size > found.size + 0.5) found = { size, left, inTwo };
    }
  }
  return found;
}

export function fit(state, alone) {
  const { count, join, ...rest } = state; // what changes all the time, and elsewhere
  const scale = Number(document.documentElement.dataset.scale);
  const key = JSON.stringify([rest, alone, scale, innerWidth, innerHeight]);
  if (key === fitted) return;
  fitted = key;
  delete stage.dataset.scrolls;
  const least = LEAST * innerHeight;
  const most = MOST * innerHeight;
  const ways = alone ? [alonePart(state, alone)] : choices(state);
  let way = ways.at(-1);
  let found = { size: 0 };
  for (const parts of ways) {
    found = best(parts, least, most, state);
    way = parts;
    if (found.size) break;
  }
  place(way);
  if (!found.size) stage.dataset.scrolls = "";
  byId("question").classList.toggle("wide", found.inTwo ?? false);
  stage.style.setProperty("--left", `${(found.left ?? 0.5) * 100}%`);
  stage.style.setProperty("--size", `${(found.size || least) * scale}px`);
  if (scale > 1) stage.dataset.scrolls = "";
  byId("more").hidden = way.includes("vignette") || !state.asked || Boolean(state.answer) || Boolean(alone);
  [...byId("figures").children].forEach((figure, number) => {
    figure.hidden = /^\d+$/.test(alone) && number !== Number(alone);
  });
}
