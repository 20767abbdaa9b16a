// What a state says, as parts of the page. Texts come as text, never as HTML.

const byId = (id) => document.getElementById(id);

function made(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

/** Paragraphs, each a list of pieces of one look. */
function paragraphs(text) {
  return text.map((pieces) => {
    const paragraph = made("p");
    for (const piece of pieces) {
      const tags = [piece.bold && "b", piece.italic && "i"].filter(Boolean);
      let inner = document.createTextNode(piece.text);
      for (const tag of tags) {
        const around = made(tag);
        around.append(inner);
        inner = around;
      }
      paragraph.append(inner);
    }
    return paragraph;
  });
}

const shown = new Map(); // what each part was made of, so that what stays is left alone

function fill(id, of, make) {
  const key = JSON.stringify(of);
  if (shown.get(id) === key) return;
  shown.set(id, key);
  byId(id).replaceChildren(...make());
}

function figures(state, here) {
  byId("figures").classList.toggle("many", state.figures.length > 2);
  return state.figures.map((figure) => {
    const element = made("figure");
    const picture = made("img");
    picture.alt = figure.alt;
    picture.src = `${here}/figures/${figure.sha256}`;
    const caption = made("figcaption");
    caption.append(...paragraphs(figure.caption).flatMap((each) => [...each.childNodes]));
    element.append(picture, caption);
    return element;
  });
}

function question({ asked, bars, answer, notice }) {
  const prompt = made("h2", "", asked.prompt);
  const told = bars.filter((each) => each.shares.length);
  const list = made("ol");
  asked.choices.forEach((text, place) => {
    list.append(choice(text, place, told, answer));
  });
  const parts = [prompt, list];
  if (asked.several) parts.splice(1, 0, made("p", "several", asked.several));
  if (told.length > 1) parts.push(legend(told));
  if (notice) parts.push(made("p", "notice", notice));
  return parts;
}

function choice(text, place, told, answer) {
  const item = made("li");
  item.append(made("span", "number", String(place + 1)));
  const words = made("span", "text", text);
  if (answer?.right.includes(place)) {
    item.classList.add("right");
    words.append(" ", made("span", "mark", `✓ ${answer.mark}`));
  }
  item.append(words);
  if (told.length) item.append(shares(place, told));
  return item;
}

function shares(place, told) {
  const rows = made("div", told.length > 1 ? "shares two" : "shares");
  told.forEach((bars, which) => {
    const row = told.length > 1 && which === 0 ? "before" : "after";
    const track = made("div", `track ${row}`);
    const length = made("div", "length");
    length.style.width = `${bars.shares[place].length}%`;
    track.append(length);
    const figure = made("span", `told ${row}`, bars.shares[place].told);
    if (told.length > 1) figure.setAttribute("aria-label", `${bars.title}: ${figure.textContent}`);
    rows.append(track, figure);
  });
  return rows;
}

function legend(told) {
  const line = made("p", "legend");
  told.forEach((bars, which) => {
    line.append(made("span", which === 0 ? "before" : "after", bars.title));
  });
  return line;
}

function say(state) {
  const said = {
    title: state.title,
    heading: state.heading,
    place: state.place,
    count: state.count,
    how: state.join?.how ?? "",
    code: state.join?.code ?? "",
    link: state.join?.link.replace(/^https:\/\//, "") ?? "",
  };
  for (const element of document.querySelectorAll("[data-say]")) {
    const text = said[element.dataset.say];
    if (element.textContent !== text) element.textContent = text;
  }
  for (const id of ["join-large", "join-small"]) {
    const picture = byId(id);
    if (state.join && picture.dataset.code !== state.join.code) {
      picture.dataset.code = state.join.code;
      picture.src = `${location.pathname.replace(/\/+$/, "")}/join.svg`;
      picture.alt = state.join.link;
    }
  }
}

/** Heard by who listens to the page: what is going on, at each change but that of a number. */
function announce(state) {
  const mark = [state.state, state.position, state.heading, state.bars.length, state.notice].join();
  if (shown.get("said") === mark) return;
  shown.set("said", mark);
  byId("said").textContent = [state.heading, state.place, state.notice].filter(Boolean).join(" · ");
}

export function show(state, here) {
  document.documentElement.lang = state.language;
  document.documentElement.dir = state.direction;
  document.body.dataset.state = state.state;
  byId("bar").hidden = false;
  say(state);
  announce(state);
  fill("vignette", [state.title, state.vignette], () => [
    made("h1", "", state.title),
    ...paragraphs(state.vignette),
  ]);
  fill("reveal", state.reveal, () => paragraphs(state.reveal));
  fill("figures", state.figures, () => figures(state, here));
  fill("answer", state.answer, () => paragraphs(state.answer?.key_point ?? []));
  fill("whys", state.answer, () => (state.answer?.whys ?? []).flatMap(paragraphs));
  fill("question", [state.asked, state.bars, state.answer, state.notice], () =>
    state.asked ? question(state) : [],
  );
}
