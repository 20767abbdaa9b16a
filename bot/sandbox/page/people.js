// Who one is: the picker, and the form for a new person.

import { openDialog } from "./dialog.js";
import { button, el, fullName } from "./dom.js";

const LANGUAGES = {
  en: "English",
  de: "German",
  es: "Spanish",
  fr: "French",
  pt: "Portuguese",
};

export class PersonPicker {
  /** `onPick(id)` and `onAdd()` are called for what the user wants. */
  constructor({ onPick, onAdd }) {
    this.select = el("select", {
      id: "person-picker",
      testid: "person-picker",
      onchange: () => onPick(Number(this.select.value)),
    });
    this.dot = el("span", { class: "note picker-news", testid: "others-unread", hidden: true });
    this.node = el(
      "div",
      { class: "picker" },
      el("label", { for: "person-picker", class: "note" }, "You are"),
      el(
        "div",
        { class: "picker-row" },
        this.select,
        button("Add a person", { glyph: "plus", class: "round", testid: "add-person" }, onAdd),
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
    const signature = JSON.stringify([person, options.map(({ value, text }) => [value, text])]);
    if (signature !== this.signature) this.select.replaceChildren(...options);
    this.signature = signature;
    this.dot.hidden = others.length === 0;
    const whom = others.length === 1 ? fullName(others[0]) : `${others.length} others`;
    this.dot.textContent = `● New messages for ${whom}`;
  }
}

/**
 * Ask for a new person and return the dialog; what `onAdd({first_name, language_code})` throws is
 * shown in it. `first`: there is nobody yet, so it is about the visitor.
 */
export function askForPerson({ first, onAdd }) {
  const name = el("input", {
    id: "new-name",
    required: true,
    maxlength: 64,
    autocomplete: "off",
    testid: "new-person-name",
  });
  const language = el(
    "select",
    { id: "new-language", testid: "new-person-language" },
    Object.entries(LANGUAGES).map(([code, label]) => el("option", { value: code }, label)),
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
    first && el("p", { class: "note" }, "Any name will do. It is forgotten with the sandbox."),
    el("label", { for: "new-name" }, "First name"),
    name,
    el("label", { for: "new-language" }, "Language of the app"),
    language,
    problem,
    el(
      "div",
      { class: "box-actions" },
      !first && button("Cancel", { class: "quiet" }, () => dialog.close()),
      button("Continue", { class: "primary", type: "submit", testid: "new-person-save" }),
    ),
  );
  const looks = { class: "box", "aria-label": "Add a person", testid: "new-person" };
  const dialog = el("dialog", looks, form);
  openDialog(dialog);
  name.focus();
  return dialog;
}
