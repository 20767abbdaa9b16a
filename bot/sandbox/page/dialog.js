// Modal dialogs.

/** Show a modal dialog; it leaves the page when closed, and the focus returns where it was. */
export function openDialog(dialog) {
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
