// Private chats in full, side by side, with nothing folded: /page/sheet.html?chat=ID&chat=ID:AFTER,
// where only the messages above id AFTER are wanted. `data-state` on the root says when all stands
// there, pictures and type included: "ready", or "failed" with the reason in `data-reason`.

import * as api from "./api.js";
import { el, fullName } from "./dom.js";
import { albums, bubble } from "./message.js";
import { serviceLine, serviceWords } from "./service.js";

const nothing = () => false;
const unfolded = { has: (key) => key !== "no-lamp", add: nothing, delete: nothing };

async function column(wanted, people) {
  const [id, after = 0] = wanted.split(":").map(Number);
  const person = people.find((each) => each.id === id);
  if (!person) throw new Error(`There is nobody with the id ${wanted}.`);
  const messages = await api.messages(id, id, after);
  const bubbles = albums(messages).map((group) =>
    serviceWords(group[0]) === null
      ? bubble(group, { ...actions, person: id, ui: unfolded, picked: new Set() }, false)
      : serviceLine(group[0], actions),
  );
  return el("section", { class: "column" }, el("h2", {}, fullName(person)), bubbles);
}

const actions = {
  isPrivate: true,
  sendCommand: nothing,
  openLink: nothing,
  press: nothing,
  vote: nothing,
  copy: nothing,
  commentsOf: () => null,
  openChat: nothing,
  comment: nothing,
  reply: nothing,
  edit: nothing,
  now: () => Date.now(),
  showPhoto: nothing,
  say: nothing,
  jumpTo: nothing,
};

async function draw() {
  const wanted = new URLSearchParams(location.search).getAll("chat");
  const people = await api.people();
  const columns = await Promise.all(wanted.map((each) => column(each, people)));
  document.getElementById("sheet").replaceChildren(...columns);
  await Promise.all([...document.images].map((image) => image.decode()));
  await document.fonts.ready;
}

const root = document.documentElement.dataset;
try {
  await draw();
  root.state = "ready";
} catch (error) {
  root.reason = error.message;
  root.state = "failed";
}
