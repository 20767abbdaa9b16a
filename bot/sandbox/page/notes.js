// Notes beside the chat: what a program that plays with the sandbox says of what is shown.

import { button, el, icon } from "./dom.js";

const GLYPHS = { good: "check", error: "cross", warning: "warning", note: "note" };
const NOUNS = { good: "Fine", error: "Error", warning: "Warning", note: "Note" };

export class Notes {
  #node;
  #onPick;
  #signature = null;

  /** `onPick(person)` is called for a shortcut. */
  constructor(node, { onPick }) {
    this.#node = node;
    this.#onPick = onPick;
    this.#node.hidden = true;
    this.shortcuts = el("div", { class: "shortcuts", role: "group", "aria-label": "Views" });
    this.head = el("div", { class: "notes-head", role: "status", testid: "notes-head" });
    this.list = el("ul", { class: "remarks", testid: "remarks" });
    node.append(this.shortcuts, this.head, this.list);
  }

  /** `notes` are those of GET /sandbox/notes, or null; `person` is who one is. */
  show(notes, person) {
    // What is equal stays: it may be read aloud, selected, or about to be pressed.
    const signature = JSON.stringify([notes, person]);
    if (signature === this.#signature) return;
    this.#signature = signature;
    this.#node.hidden = !notes;
    if (!notes) return;
    const focused = this.shortcuts.contains(document.activeElement);
    this.shortcuts.replaceChildren(...notes.shortcuts.map((each) => this.#shortcut(each, person)));
    this.shortcuts.hidden = notes.shortcuts.length === 0;
    if (focused) this.shortcuts.querySelector("[aria-pressed='true']")?.focus();
    this.#showHead(notes);
    this.list.replaceChildren(...notes.remarks.map(remark));
    this.list.hidden = notes.remarks.length === 0;
  }

  #showHead({ title, tone, text }) {
    const words = el("div", {}, el("h2", {}, title), text && el("p", {}, text));
    const said = JSON.stringify([title, tone, text]);
    if (said === this.head.dataset.said) return;
    this.head.dataset.said = said;
    this.head.replaceChildren(mark(tone), words);
    this.#node.dataset.tone = tone;
  }

  #shortcut({ text, person }, current) {
    const pressed = String(person === current);
    const looks = { class: "shortcut", testid: "shortcut", "aria-pressed": pressed };
    return button(text, looks, () => this.#onPick(person));
  }
}

function mark(tone) {
  return el("span", { class: `tone tone-${tone}`, title: NOUNS[tone] }, icon(GLYPHS[tone]));
}

function remark({ tone, text, place, label }) {
  return el(
    "li",
    { class: "remark", testid: "remark", dataset: { tone } },
    mark(tone),
    el(
      "div",
      { class: "remark-body" },
      el(
        "p",
        { class: "remark-head" },
        el("span", { class: "unseen" }, `${NOUNS[tone]}: `),
        place && el("code", {}, place),
        label && el("code", { class: "remark-label" }, label),
      ),
      el("p", { class: "remark-text" }, text),
    ),
  );
}
