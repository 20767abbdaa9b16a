// The top of a chat: what it is and who is in it, whether the bot is typing, and a small menu.

import { audience, kind, topicOf } from "./chats.js";
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
  #listed = null;

  constructor(node, { onMenu, onMembers }) {
    const looks = { glyph: "menu", class: "round menu", testid: "drawer" };
    this.menuButton = button("People and chats", looks, onMenu);
    this.dot = el("span", { class: "dot", role: "img", "aria-label": "New messages elsewhere" });
    this.menuButton.append(this.dot);
    this.picture = el("span", { class: "head-picture" });
    this.title = el("h1", { testid: "chat-title" });
    this.state = el("p", { class: "note", "aria-live": "polite", testid: "chat-state" });
    this.members = button(
      "Members",
      { glyph: "group", class: "round", testid: "members-button" },
      onMembers,
    );
    this.list = el("div", { class: "menu-list" });
    this.more = el(
      "details",
      { class: "more", onkeydown: (event) => event.key === "Escape" && this.#closeMenu() },
      el("summary", { class: "round", "aria-label": "More", testid: "more" }, icon("more")),
      this.list,
    );
    document.addEventListener("click", (event) => {
      if (!this.more.contains(event.target)) this.more.open = false;
    });
    const words = el("div", { class: "head-text" }, this.title, this.state);
    node.append(this.menuButton, this.picture, words, this.members, this.more);
  }

  /** `menu` lists {label, testid, run}. */
  show({ chat, thread, bot, news, menu }) {
    const title = chat?.title ?? "Bot sandbox";
    if (title !== this.title.textContent) {
      this.title.textContent = title;
      this.picture.replaceChildren(avatar(title, chat?.avatarId ?? 0));
    }
    this.subtitle = subtitle(chat, thread, bot);
    if (!this.#quiet) this.state.textContent = this.subtitle;
    this.dot.hidden = !news;
    this.members.hidden = !chat || chat.type === "private";
    this.#showMenu(menu);
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

  #showMenu(menu) {
    this.more.hidden = menu.length === 0;
    const items = menu.map(({ label, testid, run }) =>
      button(label, { class: "menu-item", testid }, () => {
        this.more.open = false;
        run();
      }),
    );
    // The same items stay, as one of them may be about to be pressed.
    const labels = JSON.stringify(menu.map(({ label }) => label));
    if (labels !== this.#listed) this.list.replaceChildren(...items);
    this.#listed = labels;
  }

  #closeMenu() {
    this.more.open = false;
    this.more.querySelector("summary").focus();
  }
}

function subtitle(chat, thread, bot) {
  if (!chat) return "";
  if (chat.type === "private") {
    return bot.user ? `bot · @${bot.user.username}` : "no bot has connected yet";
  }
  const topic = topicOf(chat, thread);
  const parts = [topic && `# ${topic.name}`, kind(chat), audience(chat)];
  return parts.filter(Boolean).join(" · ");
}
