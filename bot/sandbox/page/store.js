// What the page knows beside the messages, and which part of it stands in the page's address.

import { chatsOf, topicOf } from "./chats.js";
import { SandboxClock } from "./clock.js";

export class Store {
  clock = new SandboxClock();
  people = [];
  chats = [];
  bot = { user: null, commands: [], description: "" };
  notes = null; // see api.notes
  unread = new Map(); // chat id -> messages not seen
  personId = null;
  chatId = null;
  threadId = null; // a forum's topic; null is the one that is always there

  constructor() {
    this.readAddress();
  }

  get person() {
    return this.people.find(({ id }) => id === this.personId) ?? null;
  }

  /** The chats of the person, see chatsOf. */
  get ownChats() {
    return chatsOf(this.person, this.chats, this.bot, this.chatId);
  }

  /** The open chat; null where it is not one of the person's. */
  get chat() {
    return this.ownChats.find(({ id }) => id === this.chatId) ?? null;
  }

  get isPrivate() {
    return this.chatId === this.personId;
  }

  /** Person and chat stand in the address, so that each tab can be somebody else. */
  readAddress() {
    const hash = new URLSearchParams(location.hash.slice(1));
    this.personId = Number(hash.get("person")) || null;
    this.chatId = Number(hash.get("chat")) || this.personId;
    this.threadId = Number(hash.get("topic")) || null;
  }

  writeAddress() {
    const hash = new URLSearchParams();
    if (this.personId !== null) hash.set("person", this.personId);
    if (this.chatId !== this.personId) hash.set("chat", this.chatId);
    if (this.threadId !== null) hash.set("topic", this.threadId);
    const query = new URLSearchParams(location.search);
    query.delete("start");
    const search = query.size > 0 ? `?${query}` : "";
    history.replaceState(null, "", `${location.pathname}${search}#${hash}`);
  }

  /** Be this person, in this chat and topic: without one, in the private chat with the bot. */
  be(personId, chatId = personId, threadId = null) {
    this.personId = personId;
    this.chatId = chatId;
    this.threadId = threadId;
    this.unread.delete(chatId);
    this.writeAddress();
  }

  /** After the lists were read: person, chat or topic may be gone. Whether one is elsewhere now. */
  settle() {
    if (!this.person) this.be(this.people[0]?.id ?? null);
    else if (!this.chat) this.be(this.personId);
    else if (this.threadId !== null && !topicOf(this.chat, this.threadId)) {
      this.be(this.personId, this.chatId);
    } else return false;
    return true;
  }

  /** Count what came for those whom one is not now, in their private chats. */
  countUnread(chatId) {
    this.unread.set(chatId, (this.unread.get(chatId) ?? 0) + 1);
  }
}
