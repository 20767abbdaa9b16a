// The left side: who one is, that person's chats with their topics, and what else there is.

import { kind, othersOf, topicsOf } from "./chats.js";
import { avatar, button, el, icon } from "./dom.js";
import { sender, snippet } from "./message.js";
import { PersonPicker } from "./people.js";
import { serviceWords } from "./service.js";

export class Sidebar {
  #unfolded = new Set(); // forums whose topics are shown
  #signature = null;

  /** `actions` offers onPick, onAdd, onNewChat(), onJoin(chat) and onOpen(chat, thread). */
  constructor(node, actions) {
    this.actions = actions;
    this.picker = new PersonPicker(actions);
    this.list = el("ul", { class: "chats", "aria-label": "Chats" });
    this.others = el("ul", { class: "chats" });
    this.rest = el("details", { class: "rest", testid: "other-chats" });
    this.rest.append(el("summary", { class: "note" }), this.others);
    const looks = { glyph: "plus", text: true, class: "quiet new-chat", testid: "new-chat" };
    node.append(
      el(
        "p",
        { class: "brand" },
        el("img", { src: "/page/icon.svg", alt: "", width: 28, height: 28 }),
        "Bot sandbox",
      ),
      this.picker.node,
      el("nav", { "aria-label": "Chats" }, this.list, this.rest),
      button("New chat", looks, actions.onNewChat),
      el("p", { class: "note foot-note" }, "Everything here is forgotten when the sandbox stops."),
    );
  }

  /** `open` is {chat, thread}; `inbox` knows what is last and new in a chat. */
  show({ people, person, open, chats, all, inbox, unread }) {
    this.picker.show(people, person?.id, unread);
    const rows = chats.map((chat) => this.#model(chat, open, inbox, unread));
    const others = othersOf(person, all);
    const signature = JSON.stringify([rows, others.map(({ id, title }) => [id, title])]);
    // What is equal stays: an exchanged row would lose the focus, and a press under way.
    if (signature === this.#signature) return;
    this.#signature = signature;
    const focused = this.list.contains(document.activeElement)
      ? document.activeElement.dataset.focusKey
      : null;
    this.list.replaceChildren(...rows.map((row) => this.#row(row)));
    this.#showOthers(others);
    if (focused) this.list.querySelector(`[data-focus-key="${focused}"]`)?.focus();
  }

  #model(chat, open, inbox, unread) {
    const here = chat.id === open.chat;
    const own = chat.type === "private";
    const row = {
      id: chat.id,
      avatarId: chat.avatarId,
      title: chat.title,
      kind: kind(chat),
      line: previewOf(inbox?.lastOf(chat.id), chat),
      news: own ? unread.has(chat.id) : (inbox?.hasNews(chat.id) ?? false),
      current: here,
    };
    if (!chat.is_forum) return row;
    const topics = topicsOf(chat).map(({ message_thread_id: thread, name, closed }) => ({
      thread,
      name,
      closed,
      line: previewOf(inbox?.lastOf(chat.id, thread), chat),
      news: inbox?.hasNews(chat.id, thread) ?? false,
      current: here && open.thread === thread,
    }));
    return { ...row, topics, unfolded: this.#unfolded.has(chat.id) };
  }

  #row(row) {
    const { id, title, topics } = row;
    const line = [el("b", {}, row.kind), row.line && ` · ${row.line}`];
    const opener = el(
      "button",
      {
        type: "button",
        class: "chat-row",
        "aria-current": row.current && "true",
        testid: "chat",
        dataset: { chatId: id, focusKey: `chat ${id}` },
        onclick: () => this.#open(id, topics),
      },
      avatar(title, row.avatarId),
      el(
        "span",
        { class: "chat-row-text" },
        el("span", { class: "chat-title" }, title),
        el("span", { class: "note chat-line" }, line),
      ),
      row.news && dot(),
    );
    if (!topics) return el("li", {}, opener);
    return el(
      "li",
      {},
      el("div", { class: "chat-fold" }, opener, this.#fold(row)),
      row.unfolded && this.#topics(row),
    );
  }

  #fold({ id, title, unfolded }) {
    const props = {
      glyph: "chevron",
      class: "round fold",
      testid: "fold",
      "aria-expanded": String(unfolded),
      dataset: { focusKey: `fold ${id}` },
    };
    return button(`Topics of ${title}`, props, () => {
      if (!this.#unfolded.delete(id)) this.#unfolded.add(id);
      this.actions.onFold();
    });
  }

  #topics({ id, title, topics }) {
    const rows = topics.map((topic) =>
      el(
        "li",
        {},
        el(
          "button",
          {
            type: "button",
            class: "topic-row",
            "aria-current": topic.current && "true",
            testid: "topic",
            dataset: { thread: topic.thread ?? "", focusKey: `topic ${id} ${topic.thread}` },
            onclick: () => this.actions.onOpen(id, topic.thread),
          },
          el(
            "span",
            { class: "chat-row-text" },
            el(
              "span",
              { class: "topic-name" },
              el("span", { "aria-hidden": "true" }, "#"),
              el("b", {}, topic.name),
              topic.closed && icon("lock"),
              topic.closed && el("span", { class: "unseen" }, " (closed)"),
            ),
            topic.line && el("span", { class: "note chat-line" }, topic.line),
          ),
          topic.news && dot(),
        ),
      ),
    );
    return el("ul", { class: "topics", "aria-label": `Topics of ${title}` }, rows);
  }

  #open(id, topics) {
    if (topics) this.#unfolded.add(id);
    this.actions.onOpen(id, null);
  }

  #showOthers(chats) {
    this.rest.hidden = chats.length === 0;
    this.rest.querySelector("summary").textContent = `Chats you are not in (${chats.length})`;
    const rows = chats.map((chat) => {
      const join = { class: "quiet", testid: "join", "aria-label": `Join ${chat.title}` };
      return el(
        "li",
        { class: "other-row" },
        el("span", { class: "chat-title" }, chat.title, el("span", { class: "note" }, kind(chat))),
        button("Join", join, () => this.actions.onJoin(chat)),
      );
    });
    this.others.replaceChildren(...rows);
  }
}

const dot = () => el("span", { class: "dot", role: "img", "aria-label": "new", testid: "unread" });

/** A chat's last message in a line, with who said it where that is not clear. */
function previewOf(message, chat) {
  if (!message) return "";
  const words = serviceWords(message);
  if (words) return words;
  const name = sender(message);
  const short = snippet(message).replace(/\s+/g, " ");
  return chat.type === "private" || name === chat.title ? short : `${name}: ${short}`;
}
