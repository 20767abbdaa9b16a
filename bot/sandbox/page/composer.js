// The text box of a chat, with what is attached, answered or changed by what is written there.

import { Attachments } from "./attachments.js";
import { CommandList } from "./commands.js";
import { button, el } from "./dom.js";
import { Keys } from "./keys.js";
import { inParts, lengthOf, LONGEST_CAPTION } from "./longtext.js";
import { sender, snippet } from "./message.js";

/**
 * `actions` offers say(words), sendText(text, replyTo) and sendCommand alike, sendMedia(items,
 * replyTo) and edit(message, changes).
 */
export class Composer {
  #about = null; // {message, changing}: what is written replies to the message, or changes it
  #busy = false; // while a change is on its way
  #before = ""; // what was written before the change of a message was begun
  #keys = new Keys((key) => this.#pressed(key));
  #found = null; // what the bot put below the chat, see keysOf

  constructor(actions) {
    this.actions = actions;
    this.input = el("textarea", {
      id: "composer-text",
      rows: "1",
      placeholder: "Message",
      "aria-label": "Message",
      autocomplete: "off",
      testid: "composer",
    });
    this.list = new CommandList(this.input, {
      onPick: (command) => this.#sendCommand(command),
      onComplete: (command) => {
        this.#write(`${command} `);
        this.input.focus();
      },
    });
    const slash = { text: false, class: "round slash", testid: "commands-button" };
    this.slash = button("Commands", slash, () => {
      this.list.toggle();
      this.input.focus();
    });
    this.slash.textContent = "/";
    this.attached = new Attachments(() => this.#showPlaceholder());
    this.strip = el("p", { class: "answering", testid: "answering", hidden: true });
    this.node = el(
      "div",
      { class: "writing" },
      this.strip,
      this.attached.node,
      this.#layout(),
      this.#keys.node,
    );
    this.input.addEventListener("input", () => this.#changed());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("paste", (event) => this.#pasted(event));
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
    this.#showPlaceholder();
    if (found?.markup.force_reply && isNew) this.#setAbout({ message: found.message });
  }

  /** Without taking the focus: one may be going through the list of chats. */
  clear() {
    this.#about = null;
    this.input.value = "";
    this.#setAbout(null);
    this.attached.clear();
    this.keys = null;
    this.#changed();
  }

  begin(message, changing) {
    this.#setAbout({ message, changing });
    this.input.focus();
  }

  #setAbout(about) {
    const [was, is] = [this.#about?.changing === true, about?.changing === true];
    this.#about = about;
    if (is !== was) this.attached.clear();
    this.attached.single = is;
    this.attach.hidden = is && !about.message.photo && !about.message.document;
    this.#showPlaceholder();
    this.strip.hidden = about === null;
    if (is && !was) this.#before = this.input.value;
    if (is || was) this.#write(is ? wordsOf(about.message) : this.#before);
    if (about === null) return;
    const { message } = about;
    const words = is
      ? [el("b", {}, "Edit message"), `: ${snippet(message)}`]
      : ["Reply to ", el("b", {}, sender(message)), `: ${snippet(message)}`];
    const looks = { glyph: "close", class: "round", testid: "answering-not" };
    const cancel = button(is ? "Do not edit" : "Do not reply", looks, () => {
      this.#setAbout(null);
      this.input.focus();
    });
    this.strip.replaceChildren(el("span", {}, words), cancel);
  }

  #showPlaceholder() {
    const captioned = this.attached.files.length > 0 || this.#changesCaption;
    const asked = this.#found?.markup.input_field_placeholder ?? "Message";
    this.input.placeholder = captioned ? "Caption" : asked;
  }

  get #changesCaption() {
    return this.#about?.changing === true && this.#about.message.text === undefined;
  }

  #layout() {
    const { attached } = this;
    const looks = { glyph: "attach", class: "round", testid: "attach" };
    this.attach = button("Attach photos or files", looks, () => attached.picker.click());
    return el(
      "form",
      {
        class: "composer",
        onsubmit: (event) => {
          event.preventDefault();
          this.#submit();
        },
      },
      this.list.node,
      this.slash,
      this.#keys.toggle,
      this.attach,
      attached.picker,
      this.input,
      button("Send", { glyph: "send", class: "round primary", type: "submit", testid: "send" }),
    );
  }

  #write(text) {
    this.input.value = text;
    this.#changed();
  }

  #changed() {
    this.list.filter(this.input.value);
    // Grows with the text; the style sheet sets where it begins to scroll.
    this.input.style.setProperty("block-size", "auto");
    this.input.style.setProperty("block-size", `${this.input.scrollHeight}px`);
  }

  #pasted(event) {
    const { files } = event.clipboardData;
    if (files.length === 0) return;
    event.preventDefault();
    this.attached.add(files);
  }

  #blurred() {
    if (![this.input, this.slash].includes(document.activeElement)) this.list.close();
  }

  #key(event) {
    if (event.isComposing) return;
    if (this.list.key(event)) {
      event.preventDefault();
    } else if (event.key === "Escape") {
      this.#setAbout(null);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
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

  /** A command picked from the list takes the place of what was typed to find it. */
  async #sendCommand(command) {
    await this.#trying(async (about) => {
      const sent = await this.actions.sendCommand(command, about?.message.message_id);
      return sent ? "" : command;
    });
  }

  async #submit() {
    const text = this.input.value;
    const files = this.attached.files.length > 0;
    if (!text.trim() && !files && !this.#changesCaption) return;
    const captioned = files || this.#changesCaption;
    if (captioned && lengthOf(text) > LONGEST_CAPTION) {
      this.actions.say(`A caption can have at most 1,024 characters; this has ${lengthOf(text)}.`);
      return;
    }
    if (this.#about?.changing) await this.#change(text);
    else if (files) await this.#sendFiles(text);
    else await this.#trying((about) => this.#sendParts(text, about?.message.message_id));
  }

  /** What is left of the text once as much of it was sent as could be. */
  async #sendParts(text, replyTo) {
    const parts = inParts(text);
    while (parts.length > 0) {
      if (parts[0].trim() && !(await this.actions.sendText(parts[0], replyTo))) break;
      parts.shift();
    }
    return parts.join("");
  }

  async #sendFiles(caption) {
    const { files } = this.attached;
    const reading = this.attached.messages();
    await this.#trying(async (about) => {
      this.attached.clear();
      const messages = await reading.catch(() => null);
      if (messages === null) this.actions.say("A file could not be read.");
      else if (await this.#sendAll(messages, caption, about?.message.message_id)) return "";
      this.attached.files = files;
      return caption;
    });
  }

  /** Whether the first went; after it others may fail, which must not make it come twice. */
  async #sendAll([first, ...others], caption, replyTo) {
    first[0].caption = caption;
    if (!(await this.actions.sendMedia(first, replyTo))) return false;
    for (const items of others) await this.actions.sendMedia(items, replyTo);
    return true;
  }

  async #change(text) {
    if (this.#busy) return;
    this.#busy = true;
    const { message } = this.#about;
    const messages = await this.attached.messages().catch(() => null);
    const media = messages?.flat()[0];
    const words = message.text === undefined ? { caption: text } : { text };
    const same = !media && text === wordsOf(message);
    if (messages === null) this.actions.say("The file could not be read.");
    else if (same || (await this.actions.edit(message, { ...media, ...words }))) {
      if (this.#about?.message === message) this.#setAbout(null);
    }
    this.#busy = false;
  }

  /** `work(about)` returns what could not be sent: it is not lost, unless one writes on by now. */
  async #trying(work) {
    const about = this.#about;
    this.#setAbout(null);
    this.#write("");
    this.input.focus();
    const left = await work(about);
    if (!left || this.input.value !== "") return;
    if (about) this.#setAbout(about);
    this.#write(left);
  }
}

const wordsOf = (message) => message.text ?? message.caption ?? "";
