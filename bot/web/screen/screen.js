// The screen of a live round: shows each state as it comes, and comes back by itself.

import { fit } from "./fit.js";
import { show } from "./parts.js";

const QUIET = 45_000; // milliseconds without a word from the server, after which it is asked anew
const SIGN_AFTER = 5_000;
const LOAD_AGAIN = 2_000;
const AGAIN_AFTER = [1_000, 2_000, 4_000, 8_000];

const here = location.pathname.replace(/\/+$/, "");
const connecting = document.getElementById("connecting");

let state = null;
let source = null;
let tries = 0;
let sign = 0;
let quiet = 0;
let alone = ""; // what a key has set by itself: "text", "question", or a figure's number

function draw(anew = false) {
  if (state) {
    show(state, here);
    fit(state, alone, anew);
  }
}

// --- what comes from the server

function listen() {
  source = new EventSource(`${here}/events`);
  source.onopen = heard;
  source.addEventListener("beat", heard);
  source.onmessage = (event) => {
    heard();
    take(JSON.parse(event.data));
  };
  source.onerror = () => {
    soonASign();
    // A refusal, as of a proxy while the bot starts anew, ends an EventSource; a lost line does not.
    if (source.readyState === EventSource.CLOSED) listenAgain();
  };
}

function take(next) {
  if (state && (next.state !== state.state || next.position !== state.position)) alone = "";
  state = next;
  draw();
  if (state.state === "ended") stop();
}

function heard() {
  tries = 0;
  clearTimeout(sign);
  sign = 0;
  connecting.hidden = true;
  clearTimeout(quiet);
  quiet = setTimeout(listenAgain, QUIET);
}

function soonASign() {
  sign ||= setTimeout(() => (connecting.hidden = false), SIGN_AFTER);
}

function stop() {
  clearTimeout(quiet);
  clearTimeout(sign);
  connecting.hidden = true;
  source.close();
}

function listenAgain() {
  source.close();
  clearTimeout(quiet);
  soonASign();
  const wait = AGAIN_AFTER[Math.min(tries++, AGAIN_AFTER.length - 1)];
  setTimeout(async () => {
    if (await isOver()) location.reload();
    else listen();
  }, wait * (0.75 + Math.random() / 2));
}

async function isOver() {
  try {
    return (await fetch(location.pathname, { method: "HEAD", cache: "no-store" })).status === 404;
  } catch {
    return false; // nobody answers: the bot is not there just now
  }
}

function loadAnew(picture) {
  if (picture.isConnected) picture.src = picture.getAttribute("src");
}

// --- what is set here: kept by this browser

function kept(name, value) {
  try {
    if (value !== undefined) localStorage.setItem(name, value);
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function setTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
}

function turnTheme() {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  setTheme(kept("theme", dark ? "light" : "dark") ?? (dark ? "light" : "dark"));
}

function turnFullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

function resize(factor) {
  const size = Math.min(2, Math.max(0.5, Number(kept("size") ?? 1) * factor));
  kept("size", size);
  document.documentElement.dataset.scale = size;
  draw();
}

/** Everything, then each part by itself: as a presenter's clicker turns pages. */
function views() {
  const text = state.vignette.length || state.reveal.length ? ["text"] : [];
  const figures = state.figures.map((_, place) => String(place));
  return ["", ...text, ...figures, ...(state.asked ? ["question"] : [])];
}

function turn(step) {
  const all = views();
  alone = all[(all.indexOf(alone) + step + all.length) % all.length];
  draw();
}

function turnTo(view) {
  alone = alone === view || !views().includes(view) ? "" : view;
  draw();
}

function nextFigure() {
  const place = /^\d+$/.test(alone) ? Number(alone) + 1 : 0;
  alone = place < state.figures.length ? String(place) : "";
  draw();
}

const KEYS = {
  d: turnTheme,
  f: turnFullScreen,
  "+": () => resize(1.1),
  "=": () => resize(1.1),
  "-": () => resize(1 / 1.1),
  t: () => turnTo("text"),
  i: nextFigure,
  q: () => turnTo("question"),
  Escape: () => turnTo(""),
  PageDown: () => turn(1),
  PageUp: () => turn(-1),
};

document.addEventListener("keydown", (event) => {
  const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act || event.ctrlKey || event.altKey || event.metaKey) return;
  if (!state && act !== turnTheme && act !== turnFullScreen) return;
  event.preventDefault();
  act();
});
addEventListener("resize", () => draw());
// A figure's form is known once it is here.
addEventListener("load", (event) => event.target.localName === "img" && draw(true), true);

// One that does not come, as while the bot starts anew, is asked for again while it stands there.
addEventListener("error", ({ target }) => {
  if (target.localName === "img") setTimeout(() => loadAnew(target), LOAD_AGAIN);
}, true);

setTheme(kept("theme"));
document.documentElement.dataset.scale = Number(kept("size")) || 1;
soonASign();
listen();
