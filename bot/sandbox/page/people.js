// Who one is: the picker, and the form for a new person.

import { formDialog, labelled, options } from "./dialog.js";
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
    );
  }

  /** `unread` maps chat ids to counts; a person's private chat has the person's id. */
  show(people, person, unread) {
    const options = people.map((each) => {
      const count = each.id === person ? 0 : (unread.get(each.id) ?? 0);
      const name = fullName(each) + (count > 0 ? ` (${count})` : "");
      return el("option", { value: each.id, selected: each.id === person }, name);
    });
    // An open list would close if its options were exchanged for equal ones.
    const signature = JSON.stringify([person, options.map(({ value }) => value)]);
    if (signature !== this.signature) this.select.replaceChildren(...options);
    else options.forEach(({ text }, index) => this.#rename(index, text));
    this.signature = signature;
  }

  #rename(index, text) {
    const option = this.select.options[index];
    if (option.text !== text) option.text = text;
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
    options(Object.entries(LANGUAGES), "en"),
  );
  const dialog = formDialog(
    {
      title: first ? "Who are you?" : "A new person",
      testid: "new-person",
      save: "Continue",
      cancel: !first,
      onSave: () => onAdd({ first_name: name.value.trim(), language_code: language.value }),
    },
    first && el("p", { class: "note" }, "Any name will do. It is forgotten with the sandbox."),
    labelled("First name", name),
    labelled("Language of the app", language),
  );
  name.focus();
  return dialog;
}
