// The foot of a chat: the text box, or what stands in its way (Start, Unblock, a closed topic).

import { CommandList } from "./commands.js";
import { button, el, whileBusy } from "./dom.js";
import { Keys } from "./keys.js";
import { sender, snippet } from "./message.js";

const LONGEST = 4096; // Telegram's limit of a message
const LARGEST_PHOTO = 10 * 1024 * 1024;

export class Foot {
  #node;
  #shown = null;

  /** `actions` offers say(words), and sendText(text, replyTo), sendCommand and sendPhoto alike. */
  constructor(node, actions) {
    this.#node = node;
    this.composer = new Composer(actions);
  }

  /** Begin an answer to a message; false where one cannot write. */
  answer(message) {
    if (!this.#node.contains(this.composer.node)) return false;
    this.composer.answer(message);
    return true;
  }

  /**
   * `what` is {write: true} for the text box, else {words?, act?: {label, testid, run}}: why one
   * cannot write here, and what can be done about it.
   */
  show(what) {
    const signature = JSON.stringify([what.write, what.words, what.act?.testid]);
    if (signature === this.#shown) return;
    const hadFocus = this.#node.contains(document.activeElement);
    this.#shown = signature;
    this.#node.replaceChildren(...(what.write ? [this.composer.node] : instead(what)));
    if (hadFocus) this.#focus();
  }

  /** Into the text box, not on one of the buttons before it; else on what can be done here. */
  #focus() {
    const { input } = this.composer;
    (this.#node.contains(input) ? input : this.#node.querySelector("button"))?.focus();
  }
}

function instead({ words, act }) {
  return [
    words && el("p", { class: "note", testid: "foot-note" }, words),
    act && bigButton(act.label, act.testid, act.run),
  ].filter(Boolean);
}

function bigButton(label, testid, onclick) {
  const node = button(label, { class: "primary big", testid: testid }, () =>
    whileBusy(node, onclick),
  );
  return node;
}

class Composer {
  #answered = null; // the message that what is written replies to
  #keys = new Keys((key) => this.#pressed(key));
  #found = null; // what the bot put below the chat, see keysOf

  constructor(actions) {
    this.actions = actions;
    this.input = el("textarea", {
      id: "composer-text",
      rows: "1",
      maxlength: LONGEST,
      placeholder: "Message",
      "aria-label": "Message",
      autocomplete: "off",
      testid: "composer",
    });
    this.list = new CommandList(this.input, {
      onPick: (command) => this.#send(command, actions.sendCommand),
      onComplete: (command) => this.#write(`${command} `),
    });
    const slash = { text: false, class: "round slash", testid: "commands-button" };
    this.slash = button("Commands", slash, () => {
      this.list.toggle();
      this.input.focus();
    });
    this.slash.textContent = "/";
    this.strip = el("p", { class: "answering", testid: "answering", hidden: true });
    this.node = el("div", { class: "writing" }, this.strip, this.#layout(), this.#keys.node);
    this.input.addEventListener("input", () => this.#changed());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.#blurred(), 0));
  }

  set commands(commands) {
    this.list.commands = commands;
    this.slash.hidden = commands.length === 0;
  }

  /** `found` is from keysOf, null for none. */
  set keys(found) {
    const isNew = found?.message.message_id !== this.#found?.message.message_id;
    this.#found = found;
    this.#keys.found = found;
    this.input.placeholder = found?.markup.input_field_placeholder ?? "Message";
    if (found?.markup.force_reply && isNew) this.#setAnswered(found.message);
  }

  /** Without taking the focus: one may be going through the list of chats. */
  clear() {
    this.input.value = "";
    this.#setAnswered(null);
    this.keys = null;
    this.#changed();
  }

  answer(message) {
    this.#setAnswered(message);
    this.input.focus();
  }

  #setAnswered(message) {
    this.#answered = message;
    this.strip.hidden = message === null;
    if (message === null) return;
    const words = ["Reply to ", el("b", {}, sender(message)), `: ${snippet(message)}`];
    const looks = { glyph: "close", class: "round", testid: "answering-not" };
    const cancel = button("Do not reply", looks, () => this.answer(null));
    this.strip.replaceChildren(el("span", {}, words), cancel);
  }

  #layout() {
    const picker = { type: "file", accept: "image/*", hidden: true, testid: "photo-input" };
    const file = el("input", picker);
    file.addEventListener("change", () => {
      this.#sendPhoto(file.files[0]);
      file.value = "";
    });
    return el(
      "form",
      {
        class: "composer",
        onsubmit: (event) => {
          event.preventDefault();
          this.#send(this.input.value);
        },
      },
      this.list.node,
      this.slash,
      this.#keys.toggle,
      button("Send a photo", { glyph: "photo", class: "round" }, () => file.click()),
      file,
      this.input,
      button("Send", { glyph: "send", class: "round primary", type: "submit", testid: "send" }),
    );
  }

  #write(text) {
    this.input.value = text;
    this.#changed();
    this.input.focus();
  }

  #changed() {
    this.list.filter(this.input.value);
    // Grows with the text; the style sheet sets where it begins to scroll.
    this.input.style.setProperty("block-size", "auto");
    this.input.style.setProperty("block-size", `${this.input.scrollHeight}px`);
  }

  #blurred() {
    if (![this.input, this.slash].includes(document.activeElement)) this.list.close();
  }

  #key(event) {
    if (event.isComposing) return;
    if (this.list.key(event)) {
      event.preventDefault();
    } else if (event.key === "Escape") {
      this.#setAnswered(null);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send(this.input.value);
    }
  }

  /** In a group the bot hears of it only as an answer to its own message. */
  #pressed({ text, ...more }) {
    const { message } = this.#found;
    if (Object.keys(more).some((name) => name !== "style")) {
      this.actions.say("This page does not know this kind of button.");
      return;
    }
    this.input.focus();
    this.actions.sendText(text, message.chat.type === "private" ? undefined : message.message_id);
  }

  async #send(text, send = this.actions.sendText) {
    if (!text.trim()) return;
    const typed = this.input.value;
    const answered = this.#answered;
    this.#setAnswered(null);
    this.#write("");
    const sent = await send(text, answered?.message_id);
    // What could not be sent is not lost, unless something else is being written by now.
    if (sent || this.input.value !== "") return;
    this.#setAnswered(answered);
    this.#write(typed);
  }

  async #sendPhoto(file) {
    if (!file) return;
    if (file.size > LARGEST_PHOTO) {
      this.actions.say("A photo can have at most 10 MB.");
      return;
    }
    const photo = base64(await file.arrayBuffer());
    if (await this.actions.sendPhoto(photo, this.#answered?.message_id)) this.#setAnswered(null);
  }
}

function base64(buffer) {
  const bytes = new Uint8Array(buffer);
  let text = "";
  // In slices: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text);
}
