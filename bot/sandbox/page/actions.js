// What the user does in the open chat, as the person they are.

import * as api from "./api.js";
import { attempt } from "./attempts.js";
import { asksForChat, deepLinkPayload, messageLink } from "./links.js";
import { alertBox, toast } from "./toast.js";

export class Actions {
  #store;

  /**
   * `to` offers openChat(id, message), newChat(type), onAct(), called when an answer can be
   * expected, and onVoted(message).
   */
  constructor(store, to) {
    this.#store = store;
    this.to = to;
  }

  // As fields, since they are handed out one by one.

  /** `replyTo` is the id of the message that it answers, if of any. */
  sendText = (text, replyTo) => this.#send({ text, reply_to: replyTo });

  /** One photo or document, or several as an album. */
  sendMedia = (items, replyTo) =>
    this.#send({ ...(items.length > 1 ? { album: items } : items[0]), reply_to: replyTo });

  edit = (message, changes) => {
    this.to.onAct();
    const { chat, message_id: id } = message;
    return attempt(() => api.edit(chat.id, id, this.#store.personId, changes));
  };

  /** With the bot's name where others read along, as Telegram's own apps do. */
  sendCommand = (command, replyTo) => {
    const { isPrivate, bot } = this.#store;
    const enough = isPrivate || command.includes("@") || !bot.user;
    return this.sendText(enough ? command : `${command}@${bot.user.username}`, replyTo);
  };

  /** Press Start in the private chat with the bot, from wherever one is. */
  start = async (payload = "") => {
    const { personId, isPrivate } = this.#store;
    if (!isPrivate) this.to.openChat(personId);
    await this.sendText(`/start ${payload}`.trim());
  };

  /** Whether the address led somewhere in this page, and so was followed here. */
  openLink = (address) => {
    const { bot, person, ownChats } = this.#store;
    const type = asksForChat(address, bot.user?.username);
    const payload = deepLinkPayload(address, bot.user?.username);
    const message = messageLink(address, ownChats);
    if (type) this.to.newChat(type);
    else if (message) this.to.openChat(message.chat, message.message);
    else if (payload === null) return false;
    else if (payload === "" && person?.started) this.to.openChat(person.id);
    else this.start(payload);
    return true;
  };

  press = async (message, data) => {
    this.to.onAct();
    await attempt(async () => {
      const { personId } = this.#store;
      const answer = await api.press(message.chat.id, message.message_id, personId, data);
      if (answer?.url && !this.openLink(answer.url)) window.open(answer.url, "_blank", "noopener");
      if (answer?.text) (answer.show_alert ? alertBox : toast)(answer.text);
    });
  };

  vote = async (message, options) => {
    this.to.onAct();
    const { personId } = this.#store;
    await attempt(() => api.vote(message.chat.id, message.message_id, personId, options));
    // Also after a refusal: the choice just marked must not stay marked.
    this.to.onVoted(message);
  };

  copy = async (text) => {
    if (await attempt(() => navigator.clipboard.writeText(text))) toast("Copied.");
  };

  #send(content) {
    this.to.onAct();
    const { chatId, personId, threadId } = this.#store;
    return attempt(() => api.send(chatId, personId, threadId, content));
  }
}
