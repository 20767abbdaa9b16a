// Keeps the store equal to the sandbox: reads the lists, and follows what happens.

import * as api from "./api.js";
import { refresh } from "./attempts.js";
import { Inbox } from "./inbox.js";

const BOT_WAIT = 2000; // milliseconds between looks for a bot that has not connected yet

export class Reader {
  #store;
  #timeline;
  #to;
  #inboxes = new Map(); // person id -> Inbox
  #botTimer = null;

  /**
   * `to` offers onChange(); onChats(), when chats or their members changed; onMoved(), when what was
   * open is gone; onAction(action or null), for what the bot is busy with in the open chat;
   * onContact(there); onAll(), once all was read.
   */
  constructor(store, timeline, to) {
    this.#store = store;
    this.#timeline = timeline;
    this.#to = to;
  }

  /** That of the person; null where one is nobody. */
  get inbox() {
    const { personId } = this.#store;
    if (personId === null) return null;
    if (!this.#inboxes.has(personId)) {
      this.#inboxes.set(personId, new Inbox(personId, () => this.#to.onChange()));
    }
    return this.#inboxes.get(personId);
  }

  follow() {
    api.follow({
      onEvent: (event) => this.#happened(event),
      onOpen: () => {
        this.#to.onContact(true);
        refresh(() => this.#readAll());
      },
      onLost: () => this.#to.onContact(false),
    });
  }

  /** Another person, or another chat, is open now. */
  turn() {
    refresh(() => this.#readBot());
    this.#readLast();
  }

  async readPeople() {
    this.#store.people = await api.people();
    this.#to.onChange();
  }

  async #readNotes() {
    this.#store.notes = await api.notes();
    this.#to.onChange();
  }

  async readChats() {
    this.#store.chats = await api.chats();
    this.#settle();
    this.#readLast();
    this.#to.onChats();
  }

  async #readBot() {
    const store = this.#store;
    clearTimeout(this.#botTimer);
    store.bot = await api.bot(store.person?.language_code, store.chatId, store.personId);
    if (store.bot.clock) store.clock.set(store.bot.clock);
    this.#to.onChange();
    if (!store.bot.user) {
      this.#botTimer = setTimeout(() => refresh(() => this.#readBot()), BOT_WAIT);
    }
  }

  /** Read everything again: at the beginning, and after a time without contact. */
  async #readAll() {
    const store = this.#store;
    [store.people, store.chats, store.notes] = await Promise.all([
      api.people(),
      api.chats(),
      api.notes(),
    ]);
    if (store.settle() || !this.#timeline.isOpen) {
      this.#inboxes.clear(); // of a sandbox that may be another one now
      this.#to.onMoved();
    } else {
      this.#timeline.touch(0);
      this.#readLast();
    }
    await this.#readBot();
    this.#to.onAll();
  }

  #settle() {
    if (this.#store.settle()) this.#to.onMoved();
    else this.#to.onChange();
  }

  /** The last line of every chat, for the list. */
  #readLast() {
    for (const { id } of this.#store.ownChats) this.inbox.read(id);
  }

  #happened(event) {
    const { chatId, ownChats } = this.#store;
    const { chat_id: chat, kind } = event;
    const here = chat === chatId;
    const own = ownChats.some(({ id }) => id === chat);
    if (kind === "action") {
      if (here) this.#to.onAction(event.action);
      return;
    }
    if (kind === "message" && here) this.#to.onAction(null);
    if (kind === "message" && !here && chat > 0) {
      this.#store.countUnread(chat);
    }
    if (own && kind === "message") this.inbox.read(chat);
    if (own && kind === "delete") this.inbox.forget(chat);
    // What was not seen of a chat that is emptied never will be.
    if (kind === "delete" && event.message_id === null) this.#store.unread.delete(chat);
    if (kind === "person") refresh(() => this.readPeople());
    if (kind === "notes") refresh(() => this.#readNotes());
    if (kind === "chat") refresh(() => this.readChats());
    if (kind === "commands") refresh(() => this.#readBot());
    if (here && kind !== "callback") this.#timeline.touch(event.message_id ?? 0);
    else this.#to.onChange();
  }
}
