// Who one is: the picker, and the form for a new person.

import { button, el, fullName } from "./dom.js";
import { openDialog } from "./media.js";

const LANGUAGES = [["en", "English"], ["de", "German"], ["es", "Spanish"], ["fr", "French"], ["pt", "Portuguese"]];

export class PersonPicker {
  /** `onPick(id)` and `onAdd()` are called for what the user wants. */
  constructor({ onPick, onAdd }) {
    this.select = el("select", {
      id: "person-picker",
      "data-testid": "person-picker",
      onchange: () => onPick(Number(this.select.value)),
    });
    this.dot = el("span", { class: "note picker-news", "data-testid": "others-unread", hidden: true });
    this.node = el(
      "div",
      { class: "picker" },
      el("label", { for: "person-picker", class: "note" }, "You are"),
      el(
        "div",
        { class: "picker-row" },
        this.select,
        button("Add a person", { glyph: "plus", class: "round", "data-testid": "add-person" }, onAdd),
      ),
      this.dot,
    );
  }

  /** `unread` maps chat ids to counts; a person's private chat has the person's id. */
  show(people, person, unread) {
    const others = people.filter(({ id }) => id !== person && unread.get(id));
    const options = people.map((each) => {
      const news = others.includes(each) ? " ●" : "";
      return el("option", { value: each.id, selected: each.id === person }, fullName(each) + news);
    });
    // An open list would close if its options were exchanged for equal ones.
    const signature = JSON.stringify([person, options.map((option) => [option.value, option.text])]);
    if (signature !== this.signature) this.select.replaceChildren(...options);
    this.signature = signature;
    this.dot.hidden = others.length === 0;
    this.dot.textContent =
      others.length === 1 ? `● New messages for ${fullName(others[0])}` : `● New messages for ${others.length} others`;
  }
}

/** Ask for a new person and return the dialog; `onAdd({first_name, language_code?})` may throw a sentence to show. */
export function askForPerson({ first, onAdd }) {
  const name = el("input", { id: "new-name", required: true, maxlength: 64, autocomplete: "off", "data-testid": "new-person-name" });
  const language = el(
    "select",
    { id: "new-language", "data-testid": "new-person-language" },
    LANGUAGES.map(([code, label]) => el("option", { value: code }, label)),
  );
  const problem = el("p", { class: "problem", role: "alert" });
  const form = el(
    "form",
    {
      onsubmit: async (event) => {
        event.preventDefault();
        try {
          await onAdd({ first_name: name.value.trim(), language_code: language.value });
          dialog.close();
        } catch (error) {
          problem.textContent = error.message;
        }
      },
    },
    el("h2", {}, first ? "Who are you?" : "A new person"),
    first && el("p", { class: "note" }, "Any name will do. It stays on this computer, until the sandbox stops."),
    el("label", { for: "new-name" }, "First name"),
    name,
    el("label", { for: "new-language" }, "Language of the app"),
    language,
    problem,
    el(
      "div",
      { class: "box-actions" },
      !first && button("Cancel", { class: "quiet" }, () => dialog.close()),
      button("Continue", { class: "primary", type: "submit", "data-testid": "new-person-save" }),
    ),
  );
  const dialog = el("dialog", { class: "box", "aria-label": "Add a person", "data-testid": "new-person" }, form);
  openDialog(dialog);
  name.focus();
  return dialog;
}
