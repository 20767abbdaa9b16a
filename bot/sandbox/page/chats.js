// The left side: who one is, and that person's chats.

import { avatar, el } from "./dom.js";
import { PersonPicker } from "./people.js";

/** The chats of a person: the one with the bot, then those with others in them. */
export function chatsOf(person, chats, bot) {
  if (!person) return [];
  const { first_name: title = "The bot", id: avatarId = 0 } = bot.user ?? {};
  const own = { id: person.id, type: "private", title, avatarId };
  const shared = chats.filter(({ members }) => !members || members.includes(person.id));
  return [own, ...shared.map((chat) => ({ ...chat, avatarId: chat.id }))];
}

export class Sidebar {
  constructor(node, { onPick, onAdd, onOpen }) {
    this.picker = new PersonPicker({ onPick, onAdd });
    this.onOpen = onOpen;
    this.list = el("ul", { class: "chats", "aria-label": "Chats" });
    node.append(
      el(
        "p",
        { class: "brand" },
        el("img", { src: "/page/icon.svg", alt: "", width: 28, height: 28 }),
        "Bot sandbox",
      ),
      this.picker.node,
      el("nav", { "aria-label": "Chats" }, this.list),
      el("p", { class: "note foot-note" }, "Everything here is forgotten when the sandbox stops."),
    );
  }

  show({ people, person, chat, chats, unread }) {
    this.picker.show(people, person?.id, unread);
    const focused = this.list.contains(document.activeElement);
    this.list.replaceChildren(
      ...chats.map((each) => this.#row(each, each.id === chat, unread.get(each.id) ?? 0)),
    );
    if (focused) this.list.querySelector("[aria-current]")?.focus();
  }

  #row(chat, current, news) {
    return el(
      "li",
      {},
      el(
        "button",
        {
          type: "button",
          class: "chat-row",
          "aria-current": current && "true",
          testid: "chat",
          dataset: { chatId: chat.id },
          onclick: () => this.onOpen(chat.id),
        },
        avatar(chat.title, chat.avatarId),
        el(
          "span",
          { class: "chat-row-text" },
          el("span", { class: "chat-title" }, chat.title),
          el("span", { class: "note" }, chat.type === "private" ? "Private chat" : chat.type),
        ),
        news > 0 && el("span", { class: "badge", "aria-label": `${news} unread` }, String(news)),
      ),
    );
  }
}

/** The list as a drawer, where there is no room beside the chat. */
export class Drawer {
  constructor({ sidebar, scrim, main }) {
    this.parts = { sidebar, scrim, main };
    this.narrow = matchMedia("(max-width: 47.99rem)");
    this.narrow.addEventListener("change", () => this.close());
    scrim.addEventListener("click", () => this.close());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !scrim.hidden) this.close();
    });
    this.close();
  }

  open() {
    this.#set(true);
    this.parts.sidebar.querySelector("select").focus();
  }

  close() {
    const { sidebar, main } = this.parts;
    const hadFocus = this.narrow.matches && sidebar.contains(document.activeElement);
    this.#set(false);
    if (hadFocus) main.querySelector("button").focus();
  }

  #set(open) {
    const { sidebar, scrim, main } = this.parts;
    sidebar.classList.toggle("open", open);
    // Out of sight is out of reach, of Tab as well.
    sidebar.inert = this.narrow.matches && !open;
    main.inert = this.narrow.matches && open;
    scrim.hidden = !(this.narrow.matches && open);
  }
}
