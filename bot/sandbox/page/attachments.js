// What is attached to the message being written: photos and files, shown above the text box.

import { button, el, icon } from "./dom.js";
import { size } from "./media.js";
import { toast } from "./toast.js";

const PHOTOS = new Set(["image/jpeg", "image/png", "image/webp"]);
const LARGEST_PHOTO = 10 * 1024 * 1024;
const LARGEST_FILE = 50 * 1024 * 1024; // of this page, which holds it in memory
const ALBUM = 10; // at most

export class Attachments {
  #files = [];
  #onChange;

  /** `onChange()` is called whenever there is more or less. */
  constructor(onChange) {
    this.#onChange = onChange;
    this.picker = el("input", { type: "file", multiple: true, hidden: true, testid: "file-input" });
    this.picker.addEventListener("change", () => {
      this.add(this.picker.files);
      this.picker.value = "";
    });
    this.list = el("ul", { class: "attached-list", "aria-label": "Attached" });
    this.asFiles = el("input", { type: "checkbox", testid: "as-files" });
    this.asFilesRow = el("label", { class: "as-files" }, this.asFiles, "Send as files, unchanged");
    this.node = el(
      "div",
      { class: "attached", testid: "attached", hidden: true },
      this.list,
      this.asFilesRow,
    );
  }

  get files() {
    return this.#files;
  }

  /** Only one where a message is changed that has one. */
  set single(single) {
    this.picker.multiple = !single;
    if (single) this.files = this.#files.slice(0, 1);
  }

  set files(files) {
    this.#files = files;
    this.#draw();
    this.#onChange();
  }

  add(files) {
    const fitting = [...files].filter((file) => file.size <= LARGEST_FILE);
    if (fitting.length < files.length) toast("This page sends files of at most 50 MB.");
    this.files = this.picker.multiple ? [...this.#files, ...fitting] : fitting.slice(-1);
  }

  clear() {
    this.asFiles.checked = false;
    this.files = [];
  }

  /**
   * The messages to be sent, each a list of {photo} or {document} in base64: photos first, albums
   * of ten at most, and no album of two kinds.
   */
  async messages() {
    const asFiles = this.asFiles.checked;
    const read = this.#files.map((file) =>
      !asFiles && isPhoto(file) ? photoOf(file) : documentOf(file),
    );
    const items = await Promise.all(read);
    const kinds = [items.filter(({ photo }) => photo), items.filter(({ photo }) => !photo)];
    return kinds.flatMap(inAlbums);
  }

  #draw() {
    this.node.hidden = this.#files.length === 0;
    this.asFilesRow.hidden = !this.#files.some(isPhoto);
    this.list.replaceChildren(...this.#files.map((file) => this.#item(file)));
  }

  #item(file) {
    const remove = () => {
      this.files = this.#files.filter((each) => each !== file);
      (this.list.querySelector("button") ?? this.node.parentElement.querySelector("textarea")).focus();
    };
    const looks = { glyph: "close", class: "round", testid: "attached-remove" };
    return el(
      "li",
      { testid: "attachment" },
      picture(file),
      el(
        "span",
        { class: "document-text" },
        el("span", { class: "attached-name" }, file.name),
        el("span", { class: "note" }, size(file.size)),
      ),
      button(`Remove ${file.name}`, looks, remove),
    );
  }
}

const isPhoto = ({ type, size }) => PHOTOS.has(type) && size <= LARGEST_PHOTO;

const photoOf = async (file) => ({ photo: await base64(file) });

async function documentOf(file) {
  const kind = file.type && { mime_type: file.type.split(";")[0] };
  return { document: { name: file.name, content: await base64(file), ...kind } };
}

function inAlbums(items) {
  const albums = [];
  for (let at = 0; at < items.length; at += ALBUM) albums.push(items.slice(at, at + ALBUM));
  return albums;
}

/** A small picture of a photo; drawn here, as the page loads images from the sandbox alone. */
function picture(file) {
  const box = el("span", { class: "attached-picture" }, icon(isPhoto(file) ? "photo" : "file"));
  if (isPhoto(file)) draw(file, box);
  return box;
}

async function draw(file, box) {
  const image = await createImageBitmap(file).catch(() => null);
  if (!image) return;
  const canvas = el("canvas", { width: 88, height: 88 });
  const side = Math.min(image.width, image.height);
  const [left, top] = [(image.width - side) / 2, (image.height - side) / 2];
  canvas.getContext("2d").drawImage(image, left, top, side, side, 0, 0, 88, 88);
  box.replaceChildren(canvas);
}

async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  // In slices: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text);
}
