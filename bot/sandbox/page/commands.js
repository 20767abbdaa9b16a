// The command list: opened by its button or by typing "/", and gone through with the arrow keys.

import { el } from "./dom.js";

/**
 * A listbox for the text box `input`, which keeps the focus all the while. `onPick(command)` is
 * called with e.g. "/case"; `onComplete(command)` when it is only to be written out.
 */
export class CommandList {
  #input;
  #commands = [];
  #shown = [];
  #at = -1;

  constructor(input, { onPick, onComplete }) {
    this.#input = input;
    this.onPick = onPick;
    this.onComplete = onComplete;
    this.node = el("ul", {
      class: "commands",
      id: "commands",
      role: "listbox",
      "aria-label": "Commands",
      testid: "commands",
      hidden: true,
    });
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", "commands");
    this.close();
  }

  set commands(commands) {
    this.#commands = commands;
    if (this.isOpen) this.filter(this.#input.value);
  }

  get isOpen() {
    return !this.node.hidden;
  }

  /** Show the commands that begin with what is typed; none once an argument follows. */
  filter(text) {
    if (/^\/\w*$/.test(text)) {
      const begun = text.slice(1).toLowerCase();
      this.#open(this.#commands.filter(({ command }) => command.startsWith(begun)));
    } else {
      this.close();
    }
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.#open(this.#commands);
  }

  close() {
    this.node.hidden = true;
    this.#at = -1;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }

  /** Whether the key meant the list; then it is done with. */
  key(event) {
    if (!this.isOpen) return false;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      const from = this.#at < 0 && event.key === "ArrowUp" ? 0 : this.#at;
      this.#mark((from + steps[event.key] + this.#shown.length) % this.#shown.length);
    } else if (event.key === "Escape") {
      this.close();
    } else if (event.key === "Tab" && !event.shiftKey) {
      this.#choose(Math.max(0, this.#at), this.onComplete);
    } else if (event.key === "Enter" && this.#at >= 0) {
      this.#choose(this.#at, this.onPick);
    } else {
      return false;
    }
    return true;
  }

  #open(commands) {
    this.#shown = commands;
    this.#at = -1;
    this.#input.removeAttribute("aria-activedescendant");
    this.node.replaceChildren(...commands.map((command, index) => this.#row(command, index)));
    this.node.hidden = commands.length === 0;
    this.#input.setAttribute("aria-expanded", String(this.isOpen));
  }

  #row({ command, description }, index) {
    return el(
      "li",
      {
        id: `command-${index}`,
        role: "option",
        "aria-selected": "false",
        testid: "command-option",
        // The text box must not lose the focus to a mere press.
        onmousedown: (event) => event.preventDefault(),
        onclick: () => this.#choose(index, this.onPick),
      },
      el("span", { class: "command-name" }, `/${command}`),
      el("span", { class: "note" }, description),
    );
  }

  #mark(index) {
    this.#at = index;
    [...this.node.children].forEach((row, place) => {
      row.setAttribute("aria-selected", String(place === index));
      if (place === index) row.scrollIntoView({ block: "nearest" });
    });
    this.#input.setAttribute("aria-activedescendant", `command-${index}`);
  }

  #choose(index, use) {
    const { command } = this.#shown[index];
    this.close();
    use(`/${command}`);
  }
}
