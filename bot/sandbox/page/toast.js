// Short notices, and the alert that a button's answer can ask for.

import { button, el } from "./dom.js";
import { openDialog } from "./media.js";

const SHOWN_FOR = 6000; // milliseconds

export function toast(text, { tone = "plain" } = {}) {
  const node = el("p", { class: `toast ${tone}`, "data-testid": "toast" }, text);
  document.getElementById("toasts").append(node);
  setTimeout(() => node.remove(), SHOWN_FOR);
}

export function alertBox(text) {
  const close = button("OK", { class: "primary", autofocus: true, "data-testid": "alert-ok" }, () => dialog.close());
  const dialog = el(
    "dialog",
    { class: "box", role: "alertdialog", "aria-label": "Message from the bot", "data-testid": "alert" },
    el("p", {}, text),
    el("div", { class: "box-actions" }, close),
  );
  openDialog(dialog);
}
