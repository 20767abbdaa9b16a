// What stands last in a person's chats, and what of it is new to the person. One for each person.

import * as api from "./api.js";
import { threadOf } from "./chats.js";

const PAUSE = 250; // milliseconds; what a busy group says meanwhile is fetched in one go

export class Inbox {
  #person;
  #boxes = new Map(); // chat id -> Box
  #pending = new Map(); // chat id -> whether more came while it was read

  /** `onChange()` is called when something is known anew. */
  constructor(person, onChange) {
    this.#person = person;
    this.onChange = onChange;
  }

  /** Fetch what was said in a chat since it was last read. */
  async read(chat) {
    if (this.#pending.has(chat)) {
      this.#pending.set(chat, true);
      return;
    }
    this.#pending.set(chat, false);
    const box = this.#box(chat);
    try {
      box.add(await api.messages(chat, this.#person, box.last));
      this.onChange();
    } catch {
      // A list is not worth an alarm: the next message in the chat tries again.
    }
    await new Promise((done) => setTimeout(done, PAUSE));
    const more = this.#pending.get(chat);
    this.#pending.delete(chat);
    if (more) this.read(chat);
  }

  /** Take a chat's messages as they stand now, all of them. */
  take(chat, messages) {
    this.#boxes.set(chat, new Box(this.#boxes.get(chat)?.seen));
    this.#box(chat).add(messages);
  }

  /** Something was taken away, so that what was known may not hold. */
  forget(chat) {
    const { seen } = this.#box(chat);
    this.#boxes.set(chat, new Box(seen));
    this.read(chat);
  }

  /** The person is looking at a chat, or at one topic of it. */
  look(chat, thread = null) {
    this.#boxes.get(chat)?.look(thread);
  }

  /** Whether a chat, or one topic of it, holds what the person has not seen. */
  hasNews(chat, thread) {
    return this.#boxes.get(chat)?.hasNews(this.#person, thread) ?? false;
  }

  /** The last message of a chat, or of one topic of it. */
  lastOf(chat, thread) {
    return this.#boxes.get(chat)?.lastOf(thread);
  }

  /** The discussion of a channel's post in its linked group: {chat, message, count}, or null. */
  commentsOf(post) {
    for (const [chat, box] of this.#boxes) {
      const message = box.posts.get(`${post.chat.id} ${post.message_id}`);
      if (message) return { chat, message, count: box.replies.get(message) ?? 0 };
    }
    return null;
  }

  #box(chat) {
    if (!this.#boxes.has(chat)) this.#boxes.set(chat, new Box());
    return this.#boxes.get(chat);
  }
}

/** What is remembered of one chat; nothing that was there at the first reading counts as new. */
class Box {
  last = 0; // message id
  latest = new Map(); // thread -> its last message
  posts = new Map(); // "channel post" -> id of its copy in this chat, the linked group
  replies = new Map(); // id of such a copy -> comments

  /** `seen` maps threads to the last message id seen, and "" to that of the first reading. */
  constructor(seen = new Map()) {
    this.seen = seen;
  }

  add(messages) {
    for (const message of messages.filter(({ message_id: id }) => id > this.last)) {
      this.last = message.message_id;
      this.latest.set(threadOf(message), message);
      this.#count(message);
    }
    if (!this.seen.has("")) this.seen.set("", this.last);
  }

  look(thread) {
    const message = this.latest.get(thread);
    if (message) this.seen.set(thread, message.message_id);
  }

  hasNews(person, thread) {
    const threads = thread === undefined ? [...this.latest.keys()] : [thread];
    return threads.some((each) => {
      const message = this.latest.get(each);
      const seen = Math.max(this.seen.get(each) ?? 0, this.seen.get("") ?? 0);
      return message && message.message_id > seen && message.from?.id !== person;
    });
  }

  lastOf(thread) {
    if (thread !== undefined) return this.latest.get(thread);
    const all = [...this.latest.values()];
    return all.reduce((a, b) => (!a || b.message_id > a.message_id ? b : a), undefined);
  }

  #count(message) {
    if (message.is_automatic_forward) {
      const { chat, message_id: post } = message.forward_origin;
      this.posts.set(`${chat.id} ${post}`, message.message_id);
    }
    const root = message.reply_to_message?.is_automatic_forward
      ? message.reply_to_message.message_id
      : message.message_thread_id;
    if ([...this.posts.values()].includes(root)) {
      this.replies.set(root, (this.replies.get(root) ?? 0) + 1);
    }
  }
}
