// The top of a chat: whom one talks to, whether they are typing, and a small menu.

import { avatar, button, el, icon } from "./dom.js";

const ACTIONS = {
  typing: "typing",
  upload_photo: "sending a photo",
  upload_document: "sending a file",
  choose_sticker: "choosing a sticker",
};
const ACTION_LASTS = 5000; // milliseconds, as in Telegram, unless a message comes first

export class ChatHead {
  #quiet = null;

  constructor(node, { onMenu, onBlock }) {
    const looks = { glyph: "menu", class: "round menu", testid: "drawer" };
    this.menuButton = button("People and chats", looks, onMenu);
    this.dot = el("span", { class: "dot", role: "img", "aria-label": "New messages elsewhere" });
    this.menuButton.append(this.dot);
    this.picture = el("span");
    this.title = el("h1", { testid: "chat-title" });
    this.state = el("p", { class: "note", "aria-live": "polite", testid: "chat-state" });
    this.block = button("Block the bot", { class: "menu-item", testid: "block" }, () => {
      this.more.open = false;
      onBlock();
    });
    this.more = el(
      "details",
      { class: "more", onkeydown: (event) => event.key === "Escape" && this.#closeMenu() },
      el("summary", { class: "round", "aria-label": "More", testid: "more" }, icon("more")),
      el("div", { class: "menu-list" }, this.block),
    );
    document.addEventListener("click", (event) => {
      if (!this.more.contains(event.target)) this.more.open = false;
    });
    const words = el("div", { class: "head-text" }, this.title, this.state);
    node.append(this.menuButton, this.picture, words, this.more);
  }

  show({ chat, bot, person, news }) {
    const title = chat?.title ?? "Bot sandbox";
    if (title !== this.title.textContent) {
      this.title.textContent = title;
      this.picture.replaceChildren(avatar(title, chat?.avatarId ?? 0));
    }
    this.subtitle = this.#subtitle(chat, bot);
    if (!this.#quiet) this.state.textContent = this.subtitle;
    this.dot.hidden = !news;
    this.more.hidden = chat?.type !== "private";
    this.block.lastChild.textContent = person?.blocked ? "Unblock the bot" : "Block the bot";
  }

  /** Someone is busy in this chat. */
  busy(action) {
    clearTimeout(this.#quiet);
    this.state.replaceChildren(
      `${ACTIONS[action] ?? "busy"} `,
      el("span", { class: "typing", "aria-hidden": "true" }, el("i"), el("i"), el("i")),
    );
    this.#quiet = setTimeout(() => this.calm(), ACTION_LASTS);
  }

  calm() {
    clearTimeout(this.#quiet);
    this.#quiet = null;
    this.state.textContent = this.subtitle ?? "";
  }

  #subtitle(chat, bot) {
    if (!chat) return "";
    if (chat.type !== "private") return chat.type;
    if (!bot.user) return "no bot has connected yet";
    return `bot · @${bot.user.username}`;
  }

  #closeMenu() {
    this.more.open = false;
    this.more.querySelector("summary").focus();
  }
}
