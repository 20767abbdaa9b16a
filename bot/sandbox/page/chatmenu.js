// The menu of a chat: what can be done with it as a whole.

import * as api from "./api.js";
import { attempt } from "./attempts.js";
import { isAdmin, topicOf } from "./chats.js";
import { formDialog, labelled } from "./dialog.js";
import { el } from "./dom.js";

export class ChatMenu {
  #store;

  /** `openTopic(thread)` leads to a topic just made. */
  constructor(store, { openTopic }) {
    this.#store = store;
    this.openTopic = openTopic;
  }

  /** What the menu offers now: [{label, testid, run}]. */
  items() {
    const { chat, person, threadId } = this.#store;
    if (!chat || !person || chat.migrated_to) return [];
    if (chat.type === "private") return [this.#blocking(person)];
    const items = chat.is_forum ? this.#topicItems(topicOf(chat, threadId), threadId) : [];
    if (chat.type === "group" && isAdmin(chat, person.id)) {
      items.push({ label: "Make it a supergroup", testid: "migrate", run: () => this.#migrate() });
    }
    return [...items, { label: "Leave", testid: "leave", run: () => this.#leave() }];
  }

  reopenTopic() {
    const { chatId, threadId } = this.#store;
    return attempt(() => api.setTopicClosed(chatId, threadId, false));
  }

  #blocking({ id, blocked }) {
    const label = blocked ? "Unblock the bot" : "Block the bot";
    return { label, testid: "block", run: () => attempt(() => api.setBlocked(id, !blocked)) };
  }

  #topicItems(topic, thread) {
    const items = [{ label: "New topic", testid: "new-topic", run: () => this.#newTopic() }];
    if (!topic || thread === null) return items;
    const closing = {
      label: topic.closed ? "Open the topic again" : "Close the topic",
      testid: "close-topic",
      run: () => attempt(() => api.setTopicClosed(this.#store.chatId, thread, !topic.closed)),
    };
    const deleting = {
      label: "Delete the topic",
      testid: "delete-topic",
      run: () => this.#deleteTopic(topic),
    };
    return [...items, closing, deleting];
  }

  #newTopic() {
    const props = { id: "topic-name", required: true, maxlength: 128, autocomplete: "off" };
    const name = el("input", { ...props, testid: "topic-name" });
    const { chatId } = this.#store;
    const save = async () => {
      const { message_thread_id: thread } = await api.addTopic(chatId, name.value.trim());
      await this.openTopic(thread);
    };
    const looks = { title: "New topic", testid: "topic-form", save: "Create", onSave: save };
    formDialog(looks, labelled("Name", name));
    name.focus();
  }

  #deleteTopic({ name, message_thread_id: thread }) {
    const { chatId } = this.#store;
    ask("Delete the topic?", `“${name}” goes with all that was said in it.`, "Delete", () =>
      api.deleteTopic(chatId, thread),
    );
  }

  #migrate() {
    const { chatId } = this.#store;
    const words = "The group gets a new id and cannot be turned back, as on Telegram.";
    ask("Make it a supergroup?", words, "Make it so", () => api.migrate(chatId));
  }

  #leave() {
    const { chatId, personId } = this.#store;
    return attempt(() => api.setMember(chatId, personId, "left"));
  }
}

function ask(title, words, save, onSave) {
  formDialog({ title, testid: "confirm", save, onSave }, el("p", {}, words));
}
