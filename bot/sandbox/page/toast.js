// Short notices, and the alert that a button's answer can ask for.

import { openDialog } from "./dialog.js";
import { button, el } from "./dom.js";

const SHOWN_FOR = 6000; // milliseconds

export function toast(text, { tone = "plain" } = {}) {
  const node = el("p", { class: `toast ${tone}`, testid: "toast" }, text);
  document.getElementById("toasts").append(node);
  setTimeout(() => node.remove(), SHOWN_FOR);
}

export function alertBox(text) {
  const looks = { class: "primary", autofocus: true, testid: "alert-ok" };
  const close = button("OK", looks, () => dialog.close());
  const dialog = el(
    "dialog",
    {
      class: "box",
      role: "alertdialog",
      "aria-label": "Message from the bot",
      testid: "alert",
    },
    el("p", {}, text),
    el("div", { class: "box-actions" }, close),
  );
  openDialog(dialog);
}
