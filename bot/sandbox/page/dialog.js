// Modal dialogs.

import { button, el, whileBusy } from "./dom.js";

/** Show a modal dialog; it leaves the page when closed, and the focus returns where it was. */
export function openDialog(dialog) {
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * A dialog around a form. `onSave()` may be asynchronous; when it is through, the dialog closes,
 * and what it throws is shown instead. `cancel: false` where there is no way back.
 */
export function formDialog({ title, testid, save, onSave, cancel = true }, ...fields) {
  const problem = el("p", { class: "problem", role: "alert" });
  const submit = button(save, { class: "primary", type: "submit", testid: `${testid}-save` });
  const form = el(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault();
        whileBusy(submit, async () => {
          try {
            await onSave();
            dialog.close();
          } catch (error) {
            problem.textContent = error.message;
          }
        });
      },
    },
    el("h2", {}, title),
    fields,
    problem,
    el(
      "div",
      { class: "box-actions" },
      cancel && button("Cancel", { class: "quiet" }, () => dialog.close()),
      submit,
    ),
  );
  const dialog = el("dialog", { class: "box", "aria-label": title, testid }, form);
  openDialog(dialog);
  return dialog;
}

/** A field of a form with its label. */
export function labelled(label, field) {
  return [el("label", { for: field.id }, label), field];
}

/** Choices of a select: `pairs` of value and label. */
export function options(pairs, chosen) {
  return pairs.map(([value, label]) => el("option", { value, selected: value === chosen }, label));
}
