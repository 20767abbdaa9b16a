// What the page knows beside the messages, and which part of it stands in the page's address.

export class Store {
  people = [];
  chats = [];
  bot = { user: null, commands: [], description: "" };
  unread = new Map(); // chat id -> messages not seen
  personId = null;
  chatId = null;

  constructor() {
    this.readAddress();
  }

  get person() {
    return this.people.find(({ id }) => id === this.personId) ?? null;
  }

  /** Person and chat stand in the address, so that each tab can be somebody else. */
  readAddress() {
    const hash = new URLSearchParams(location.hash.slice(1));
    this.personId = Number(hash.get("person")) || null;
    this.chatId = Number(hash.get("chat")) || this.personId;
  }

  writeAddress() {
    const hash = new URLSearchParams();
    if (this.personId !== null) hash.set("person", this.personId);
    if (this.chatId !== this.personId) hash.set("chat", this.chatId);
    const query = new URLSearchParams(location.search);
    query.delete("start");
    const search = query.size > 0 ? `?${query}` : "";
    history.replaceState(null, "", `${location.pathname}${search}#${hash}`);
  }

  /** Be this person, in this chat: without one, in the private chat with the bot. */
  be(personId, chatId = personId) {
    this.personId = personId;
    this.chatId = chatId;
    this.unread.delete(chatId);
    this.writeAddress();
  }

  /** After the lists were read again: the person may be gone, as when the sandbox was restarted. */
  settle() {
    if (this.person) return false;
    this.be(this.people[0]?.id ?? null);
    return true;
  }

  countUnread(chatId) {
    this.unread.set(chatId, (this.unread.get(chatId) ?? 0) + 1);
  }
}
