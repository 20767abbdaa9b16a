// The keys that a bot puts below the chat (a reply keyboard): each sends its text.

import { button, el } from "./dom.js";

const STYLES = new Set(["danger", "success", "primary"]);

/**
 * What these messages leave the person with: {message, markup}, markup being a ReplyKeyboardMarkup
 * or a ForceReply that was not followed yet; null where there is neither, or no more.
 */
export function keysOf(messages, person) {
  const at = messages.findLastIndex((message) => message.reply_keyboard);
  if (at < 0) return null;
  const message = messages[at];
  const markup = message.reply_keyboard;
  const said = messages.slice(at + 1).filter(({ from }) => from?.id === person);
  if (markup.remove_keyboard || (markup.force_reply && said.length > 0)) return null;
  const texts = new Set((markup.keyboard ?? []).flat().map(({ text }) => text));
  return { message, markup, used: said.some(({ text }) => texts.has(text)) };
}

/** `onPress(key)`; `node` is the panel, `toggle` the button that hides and shows it. */
export class Keys {
  #signature = null;
  #open = false;

  constructor(onPress) {
    this.onPress = onPress;
    this.node = el("div", {
      class: "keys",
      id: "keys",
      role: "group",
      "aria-label": "Keys of the bot",
      testid: "keys",
      hidden: true,
    });
    const looks = { glyph: "keys", class: "round", testid: "keys-toggle", "aria-controls": "keys" };
    this.toggle = button("Keys of the bot", looks, () => this.#show(!this.#open));
    this.toggle.hidden = true;
  }

  /** `found` is from keysOf. Other keys than before are shown, unless they were for one use. */
  set found(found) {
    const markup = found?.markup.keyboard ? found.markup : null;
    const spent = markup !== null && markup.one_time_keyboard === true && found.used;
    const signature = markup && JSON.stringify([found.message.message_id, markup, spent]);
    if (signature === this.#signature) return;
    this.#signature = signature;
    this.node.replaceChildren(...(markup?.keyboard ?? []).map((row) => this.#row(row)));
    this.node.classList.toggle("tall", markup !== null && !markup.resize_keyboard);
    // A persistent keyboard has no way to be hidden.
    this.toggle.hidden = markup === null || (markup.is_persistent === true && !spent);
    this.#show(markup !== null && !spent);
  }

  #show(open) {
    this.#open = open;
    this.node.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
  }

  #row(row) {
    return el(
      "div",
      { class: "keyboard-row" },
      row.map((key) => {
        const looks = STYLES.has(key.style) ? `key ${key.style}` : "key";
        return button(key.text, { class: looks, testid: "key" }, () => this.onPress(key));
      }),
    );
  }
}
