// Photos, albums, documents, and the large view of a photo.

import { fileUrl } from "./api.js";
import { openDialog } from "./dialog.js";
import { button, el, icon } from "./dom.js";
import { anchor } from "./links.js";

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
  image.style.setProperty("--width", `${largest.width}px`);
  image.style.setProperty("--ratio", String(largest.width / largest.height));
  const node = el("button", { type: "button", class: "photo", testid: "photo" }, image);
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
    {
      class: "document",
      href: fileUrl(file.file_id),
      download: file.file_name ?? "file",
      testid: "document",
    },
    el("span", { class: "document-icon" }, icon("file")),
    el(
      "span",
      { class: "document-text" },
      el("span", { class: "document-name" }, file.file_name ?? "Document"),
      el("span", { class: "note" }, `${size(file.file_size)} · Download`),
    ),
  );
}

/** What a poll's description or explanation carries; null where there is nothing to show. */
export function media(holder, label, ctx) {
  if (holder?.photo?.length) return photo(holder.photo, label, ctx);
  if (holder?.document) return documentLink(holder.document);
  if (holder?.link) return anchor(holder.link.url, {}, ctx, holder.link.url);
  const place = holder?.venue?.location ?? holder?.location;
  if (place) {
    const { title, address } = holder.venue ?? {};
    const where = [title, address, `${place.latitude}, ${place.longitude}`].filter(Boolean);
    return el("p", { class: "note" }, `📍 ${where.join(" · ")}`);
  }
  return null;
}

export function size(bytes = 0) {
  const units = ["bytes", "KB", "MB"];
  const power = Math.min(2, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${Math.round(bytes / 1024 ** power)} ${units[power]}`;
}

/** A small picture for inside another button, where a button of its own cannot stand. */
export function thumbnail(holder, label) {
  const enough = holder?.photo?.find(({ width }) => width >= 160) ?? holder?.photo?.at(-1);
  return enough && el("img", { class: "thumbnail", src: fileUrl(enough.file_id), alt: label });
}

/** Show a photo as large as the window allows; a press on it toggles its true size. */
export function showPhoto(url, label) {
  const image = el("img", { src: url, alt: label });
  const dialog = el("dialog", { class: "lightbox", "aria-label": label, testid: "lightbox" });
  const zoom = el(
    "button",
    {
      type: "button",
      class: "lightbox-image",
      "aria-label": `${label}. Zoom`,
      onclick: () => dialog.classList.toggle("actual"),
    },
    image,
  );
  const looks = { glyph: "close", class: "round lightbox-close" };
  const close = button("Close", looks, () => dialog.close());
  dialog.append(close, el("div", { class: "lightbox-frame" }, zoom));
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("button")) dialog.close();
  });
  openDialog(dialog);
}
