// The log of the open chat: draws what changed, keeps the reader's place, says what is new below.

import { el, icon } from "./dom.js";
import { albums, bubble, isMine, senderId } from "./message.js";
import { countdown } from "./poll.js";
import { serviceLine, serviceWords } from "./service.js";
import { dayKey, dayName } from "./time.js";

const NEAR_THE_END = 80; // pixels
const ANSWER_WAIT = 10_000; // milliseconds
const CONTINUES_WITHIN = 300; // seconds
const REFILLED_WITHIN = 5000; // milliseconds
const EMPTY_AFTER = 600; // milliseconds that an emptied chat is given before it is shown so

export class Conversation {
  #log;
  #jump;
  #drawn = new Map(); // key -> {signature, node}
  #memory = new Map(); // key -> {ui, picked}: what is unfolded or ticked, across redraws
  #fresh = true;
  #unseen = 0;
  #answerBy = 0;
  #before = null; // where the reader was in a chat that was emptied: {top, unfolded, until}
  #emptying = null;
  #ended = true; // whether the end was in sight when the reader last moved

  /** `clock` is the sandbox's. */
  constructor(log, jump, clock, actions) {
    this.#log = log;
    this.#jump = jump;
    this.clock = clock;
    this.actions = actions;
    jump.addEventListener("click", () => this.toEnd());
    log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // What is attached or answered takes room from below: not that of what one was reading.
    new ResizeObserver(() => this.#ended && this.toEnd()).observe(log);
    setInterval(() => this.#tick(), 1000);
  }

  /** Forget the chat shown so far. */
  reset() {
    this.#drawn.clear();
    this.#memory.clear();
    this.#log.replaceChildren();
    this.#fresh = true;
    this.#before = null;
    this.#stopEmptying();
    this.#setUnseen(0);
  }

  /** Show these messages; `view` says whose they are: {person, isPrivate}. */
  show(messages, view) {
    this.#stopEmptying();
    if (this.#isRefilled(messages)) this.#leave();
    const stayed = this.#atEnd();
    const focus = this.#focused();
    const nodes = [];
    const keys = new Set();
    const added = [];
    let previous = null;
    for (const group of albums(messages)) {
      const [first] = group;
      const day = dayKey(first.date);
      if (!previous || day !== dayKey(previous.date)) {
        const name = dayName(first.date, this.clock.now());
        nodes.push(this.#keep(`day ${day}`, name, () => daySeparator(name), keys));
        previous = null;
      }
      const key = String(first.message_id);
      const isNew = !this.#drawn.has(key);
      const follows = continues(first, previous);
      const signature = JSON.stringify([group, follows, this.actions.commentsOf(first)]);
      const draw = () => this.#draw(key, group, view, follows);
      const node = this.#keep(key, signature, draw, keys);
      nodes.push(node);
      if (isNew) added.push({ node, mine: isMine(first, view.person) });
      previous = group.at(-1);
    }
    for (const key of this.#drawn.keys()) if (!keys.has(key)) this.#drawn.delete(key);
    this.#place(nodes);
    this.#tick();
    this.#restore(focus);
    this.#follow(added, stayed);
    this.#ended = this.#atEnd();
  }

  /** Show this node in place of messages; where some stood just now, others may follow at once. */
  showEmpty(node) {
    this.#stopEmptying();
    const empty = () => {
      if (this.#drawn.size > 0) this.#leave();
      this.#drawn.clear();
      this.#log.replaceChildren(node);
    };
    if (this.#drawn.size > 0) this.#emptying = setTimeout(empty, EMPTY_AFTER);
    else empty();
  }

  /** Draw the message anew at the next showing, though it may not have changed. */
  redraw(id) {
    const known = this.#drawn.get(String(id));
    if (known) known.signature = null;
  }

  /** The user did something that is answered by a message: go to it when it comes. */
  expectAnswer() {
    this.#before = null;
    this.#answerBy = Date.now() + ANSWER_WAIT;
  }

  toEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#setUnseen(0);
  }

  /** Show the message of this id for a moment; false where it is gone. */
  jumpTo(id) {
    const node = this.#log.querySelector(`[data-message-id="${Number(id)}"]`);
    if (!node) return false;
    const message = node.closest(".message");
    message.scrollIntoView({ block: "start" });
    message.focus({ preventScroll: true });
    message.classList.remove("flash");
    requestAnimationFrame(() => message.classList.add("flash"));
    return true;
  }

  #draw(key, group, view, follows) {
    if (serviceWords(group[0]) !== null) return serviceLine(group[0], this.actions);
    if (!this.#memory.has(key)) {
      this.#memory.set(key, { ui: this.#unfoldedBefore(), picked: new Set() });
    }
    const now = () => this.clock.now();
    return bubble(group, { ...this.actions, ...view, now, ...this.#memory.get(key) }, follows);
  }

  #keep(key, signature, draw, keys) {
    keys.add(key);
    const known = this.#drawn.get(key);
    if (known?.signature === signature) return known.node;
    const node = draw();
    if (!known && !this.#fresh && !this.#keepsPlace()) node.classList.add("arriving");
    this.#drawn.set(key, { signature, node });
    return node;
  }

  /** Put the nodes in this order, touching only those out of place: moving one would blur it. */
  #place(nodes) {
    const wanted = new Set(nodes);
    for (const node of [...this.#log.children]) if (!wanted.has(node)) node.remove();
    nodes.forEach((node, index) => {
      const there = this.#log.children[index];
      if (there !== node) this.#log.insertBefore(node, there ?? null);
    });
  }

  #focused() {
    const active = document.activeElement;
    const message = active?.closest?.(".message");
    return message && this.#log.contains(message)
      ? { id: message.dataset.messageId, key: active.dataset.focusKey }
      : null;
  }

  #restore(focus) {
    if (!focus || this.#log.contains(document.activeElement)) return;
    const message = this.#log.querySelector(`.message[data-message-id="${focus.id}"]`);
    const same = focus.key && message?.querySelector(`[data-focus-key="${focus.key}"]`);
    (same || message)?.focus({ preventScroll: true });
  }

  /** Stay at the end if the reader was there, but never past the beginning of what is new. */
  #follow(added, stayed) {
    const first = added.find(({ mine }) => !mine) ?? added[0];
    if (this.#keepsPlace()) {
      this.#log.scrollTop = this.#before.top;
      this.#setUnseen(0, !this.#atEnd());
    } else if (this.#fresh || (stayed && !first)) {
      this.#fresh = false;
      this.toEnd();
    } else if (first && (stayed || first.mine || Date.now() < this.#answerBy)) {
      if (!first.mine) this.#answerBy = 0;
      this.#log.scrollTop = first.node.offsetTop - 12;
      this.#setUnseen(0, !this.#atEnd());
    } else if (first) {
      this.#setUnseen(this.#unseen + added.length);
    }
  }

  /** Whether nothing is left of what was shown: the same chat was emptied and is filled anew. */
  #isRefilled(messages) {
    const ids = new Set(messages.map(({ message_id: id }) => String(id)));
    const shown = [...this.#drawn.keys()].filter((key) => !key.startsWith("day "));
    return shown.length > 0 && !shown.some((id) => ids.has(id));
  }

  /** The messages shown go; should others take their place, the reader will stay where they are. */
  #leave() {
    const unfolded = [...this.#memory.values()].map(({ ui }) => ui);
    this.#memory.clear();
    // What was there for a moment only is not where the reader was.
    const before = this.#keepsPlace() ? this.#before : { top: this.#log.scrollTop, unfolded };
    this.#before = { ...before, until: Date.now() + REFILLED_WITHIN };
  }

  #keepsPlace() {
    return this.#before !== null && Date.now() < this.#before.until;
  }

  /** What was unfolded in the message that stood where the next one will. */
  #unfoldedBefore() {
    const there = this.#before?.unfolded[this.#memory.size];
    return new Set(there);
  }

  #stopEmptying() {
    clearTimeout(this.#emptying);
    this.#emptying = null;
  }

  #scrolled() {
    this.#ended = this.#atEnd();
    if (this.#ended) this.#setUnseen(0);
  }

  #atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    return scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
  }

  #setUnseen(count, more = false) {
    this.#unseen = count;
    const some = count === 1 ? "1 new message" : `${count} new messages`;
    this.#jump.hidden = count === 0 && !more;
    this.#jump.replaceChildren(icon("down"), el("span", {}, count === 0 ? "More below" : some));
  }

  #tick() {
    const now = this.clock.now();
    for (const node of this.#log.querySelectorAll("[data-closes]")) {
      node.textContent = countdown(Number(node.dataset.closes), now);
    }
  }
}

/** Whether a message goes on where the same sender left off a moment ago. */
function continues(message, previous) {
  if (!previous || serviceWords(message) !== null || serviceWords(previous) !== null) return false;
  const soon = message.date - previous.date < CONTINUES_WITHIN;
  return soon && senderId(message) === senderId(previous) && !message.is_automatic_forward;
}

function daySeparator(name) {
  return el("h2", { class: "day" }, el("span", {}, name));
}
