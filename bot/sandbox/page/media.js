// Photos, albums, documents, and the large view of a photo.

import { fileUrl } from "./api.js";
import { button, el, icon } from "./dom.js";

/**
 * A photo that opens large; its box has the right shape before the bytes arrive. With `veil`, a key
 * for `ctx.ui`, it is blurred until pressed once.
 */
export function photo(sizes, label, ctx, veil = null) {
  const largest = sizes.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a));
  const name = label ? `Photo: ${label}` : "Photo";
  const image = el("img", {
    src: fileUrl(largest.file_id),
    width: largest.width,
    height: largest.height,
    alt: name,
    decoding: "async",
  });
  const node = el("button", { type: "button", class: "photo", "data-testid": "photo" }, image);
  const cover = (covered) => {
    node.classList.toggle("veiled", covered);
    node.setAttribute("aria-label", covered ? "Hidden photo; press to show" : `${name}. Enlarge`);
  };
  cover(veil !== null && !ctx.ui.has(veil));
  node.addEventListener("click", () => {
    if (!node.classList.contains("veiled")) {
      ctx.showPhoto(fileUrl(largest.file_id), name);
      return;
    }
    ctx.ui.add(veil);
    cover(false);
  });
  return node;
}

export function documentLink(file) {
  return el(
    "a",
    { class: "document", href: fileUrl(file.file_id), download: file.file_name ?? "file", "data-testid": "document" },
    el("span", { class: "document-icon" }, icon("file")),
    el(
      "span",
      { class: "document-text" },
      el("span", { class: "document-name" }, file.file_name ?? "Document"),
      el("span", { class: "note" }, [size(file.file_size), "Download"].filter(Boolean).join(" · ")),
    ),
  );
}

/** What a message, a poll's description, option or explanation carries; null where it is nothing shown. */
export function media(holder, label, ctx) {
  if (holder?.photo?.length) return photo(holder.photo, label, ctx);
  if (holder?.document) return documentLink(holder.document);
  if (holder?.link) {
    return el("a", { href: holder.link.url, target: "_blank", rel: "noopener noreferrer" }, holder.link.url);
  }
  const place = holder?.venue?.location ?? holder?.location;
  if (place) {
    const where = [holder.venue?.title, holder.venue?.address, `${place.latitude}, ${place.longitude}`];
    return el("p", { class: "note" }, `📍 ${where.filter(Boolean).join(" · ")}`);
  }
  return null;
}

function size(bytes) {
  if (!bytes) return null;
  const units = ["bytes", "KB", "MB"];
  const power = Math.min(2, Math.floor(Math.log(bytes) / Math.log(1024)));
  return `${Math.round(bytes / 1024 ** power)} ${units[power]}`;
}

/** A small picture for inside another button, where a button of its own cannot stand. */
export function thumbnail(holder, label) {
  const smallest = holder?.photo?.find((size) => size.width >= 160) ?? holder?.photo?.at(-1);
  return smallest ? el("img", { class: "thumbnail", src: fileUrl(smallest.file_id), alt: label }) : null;
}

/** Show a photo as large as the window allows; a press on it toggles its true size. */
export function showPhoto(url, label) {
  const image = el("img", { src: url, alt: label });
  const zoom = el("button", { type: "button", class: "lightbox-image", "aria-label": `${label}. Zoom` }, image);
  const dialog = el("dialog", { class: "lightbox", "aria-label": label, "data-testid": "lightbox" });
  zoom.addEventListener("click", () => dialog.classList.toggle("actual"));
  const close = button("Close", { glyph: "close", class: "round lightbox-close" }, () => dialog.close());
  dialog.append(close, el("div", { class: "lightbox-frame" }, zoom));
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("button")) dialog.close();
  });
  openDialog(dialog);
}

/** Show a modal dialog; it leaves the page when closed, and the focus returns where it was. */
export function openDialog(dialog) {
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
