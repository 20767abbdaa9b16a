// What stands at the foot of a chat: the text box, or why one cannot write there.

import { isAdmin, topicOf } from "./chats.js";
import { Composer } from "./composer.js";
import { button, el, whileBusy } from "./dom.js";

export class Foot {
  #node;
  #shown = null;

  /** `actions` are the Composer's. */
  constructor(node, actions) {
    this.#node = node;
    this.composer = new Composer(actions);
  }

  /** Begin an answer to a message, or a change of it; false where one cannot write. */
  answer(message, { changing = false } = {}) {
    if (!this.#node.contains(this.composer.node)) return false;
    this.composer.begin(message, changing);
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

/** `store` is the page's; `written`: something was said in the chat; `acts` are its remedies. */
export function footOf(store, written, acts) {
  const { person, chat } = store;
  if (!person || !chat) return {};
  if (chat.type === "private") return privateFoot(person, written, acts);
  if (chat.migrated_to) {
    const act = { label: "Go there", testid: "go-on", run: () => acts.openChat(chat.migrated_to) };
    return { words: "This group is now a supergroup.", act };
  }
  const admin = isAdmin(chat, person.id);
  if (chat.type === "channel" && !admin) {
    return { words: "Only administrators can post in this channel." };
  }
  if (topicOf(chat, store.threadId)?.closed) {
    const act = { label: "Open it again", testid: "reopen", run: acts.reopenTopic };
    return { words: "This topic is closed: nobody can write here.", act: admin ? act : undefined };
  }
  return { write: true };
}

function privateFoot(person, written, acts) {
  if (person.blocked) {
    const act = { label: "Unblock", testid: "unblock", run: acts.unblock };
    return { words: "You have blocked this bot.", act };
  }
  if (!person.started && !written) {
    return { act: { label: "Start", testid: "start", run: acts.start } };
  }
  return { write: true };
}
