// The messages of the open chat, kept equal to the sandbox's.

import * as api from "./api.js";

/**
 * One way in for every change: `touch(id)` says that something at or after message `id` is new,
 * changed or gone. What lies there is fetched again and replaced, however many touches came.
 */
export class Timeline {
  #chat = null;
  #person = null;
  #dirty = null;
  #running = false;
  #generation = 0;

  constructor({ onChange, onError }) {
    this.onChange = onChange;
    this.onError = onError;
    this.messages = [];
    this.loaded = false;
  }

  get isOpen() {
    return this.#chat !== null;
  }

  /** Turn to another chat, or to another person's view of it. */
  open(chat, person) {
    this.#generation += 1;
    this.#chat = chat;
    this.#person = person;
    this.messages = [];
    this.loaded = false;
    this.#dirty = null;
    this.onChange();
    if (chat !== null) this.touch(0);
  }

  touch(id) {
    this.#dirty = Math.min(this.#dirty ?? id, id);
    if (!this.#running) this.#run();
  }

  async #run() {
    this.#running = true;
    while (this.#dirty !== null && this.#chat !== null) {
      const from = this.#dirty;
      const generation = this.#generation;
      this.#dirty = null;
      try {
        const fresh = await api.messages(this.#chat, this.#person, Math.max(0, from - 1));
        if (generation !== this.#generation) continue;
        this.messages = [...this.messages.filter((message) => message.message_id < from), ...fresh];
        this.loaded = true;
        this.onChange();
      } catch (error) {
        if (generation !== this.#generation) continue;
        this.#dirty = Math.min(from, this.#dirty ?? from); // for the next touch
        this.onError(error);
        break;
      }
    }
    this.#running = false;
  }
}
