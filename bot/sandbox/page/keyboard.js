// Inline keyboards: rows of buttons under a message.

import { el, icon, whileBusy } from "./dom.js";
import { anchor } from "./links.js";

const STYLES = new Set(["danger", "success", "primary"]);

/** `ctx` offers `press(message, data)`, a promise, and `openLink(url)`. */
export function inlineKeyboard(message, ctx) {
  const rows = (message.reply_markup?.inline_keyboard ?? []).map((row) =>
    el("div", { class: "keyboard-row" }, row.map((key) => keyButton(key, message, ctx))),
  );
  const props = { class: "keyboard", role: "group", "aria-label": "Buttons of this message" };
  return rows.length > 0 ? el("div", props, rows) : null;
}

function keyButton(key, message, ctx) {
  const props = {
    class: STYLES.has(key.style) ? `key ${key.style}` : "key",
    testid: "keyboard-button",
  };
  if (key.url) return anchor(key.url, props, ctx, el("span", {}, key.text), icon("link"));
  const node = el("button", { ...props, type: "button" }, el("span", {}, key.text));
  node.addEventListener("click", async () => {
    if (key.copy_text) {
      await ctx.copy(key.copy_text.text);
    } else if (key.callback_data !== undefined) {
      await whileBusy(node, () => ctx.press(message, key.callback_data));
    } else {
      ctx.say("This page does not know this kind of button.");
    }
  });
  return node;
}
