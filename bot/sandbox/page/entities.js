// Text with Telegram's entities -> nodes. Offsets are UTF-16 units, which is how JavaScript counts.

import { button, el } from "./dom.js";
import { anchor } from "./links.js";
import { formattedTime, isoTime } from "./time.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

/**
 * `ctx` offers `openLink(url)`, `sendCommand(command)`, `now()` and `ui`, a Set that remembers what is
 * unfolded when a message is drawn again; `key` tells this text's entries there from others'.
 */
export function richText(text, entities, ctx, key) {
  const seen = {};
  const queue = (entities ?? []).map((entity) => {
    // "The second spoiler" is still that one when an edit moves it along.
    seen[entity.type] = (seen[entity.type] ?? 0) + 1;
    const name = `${key} ${entity.type} ${seen[entity.type]}`;
    return { entity, name, start: entity.offset, end: entity.offset + entity.length };
  });
  queue.sort(outerFirst);
  return build(text, 0, text.length, queue, ctx);
}

function outerFirst(a, b) {
  return a.start - b.start || b.end - a.end;
}

function build(text, from, to, queue, ctx) {
  const nodes = [];
  let at = from;
  while (queue.length > 0 && queue[0].start < to) {
    const { entity, name, start, end } = queue.shift();
    const stop = Math.min(end, to);
    // An entity that crosses its parent's end goes on after it.
    if (end > to) queue.push({ entity, name, start: to, end });
    queue.sort(outerFirst);
    if (start > at) nodes.push(text.slice(at, start));
    const inner = build(text, Math.max(start, at), stop, queue, ctx);
    nodes.push(wrap(entity, text.slice(start, stop), inner, ctx, name));
    at = stop;
    // A block already ends its line; the line feed after it would show as an empty one.
    if (BLOCKS.has(entity.type) && text[at] === "\n" && at < to) at += 1;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function wrap(entity, plain, inner, ctx, key) {
  switch (entity.type) {
    case "text_link":
      return anchor(entity.url, {}, ctx, inner);
    case "url":
      return anchor(SCHEME.test(plain) ? plain : `http://${plain}`, {}, ctx, inner);
    case "email":
      return anchor(`mailto:${plain}`, {}, ctx, inner);
    case "phone_number":
      return anchor(`tel:${plain}`, {}, ctx, inner);
    case "bot_command":
      return el(
        "button",
        {
          type: "button",
          class: "link",
          testid: "command",
          onclick: () => ctx.sendCommand(plain),
        },
        inner,
      );
    case "date_time":
      return time(entity, inner, ctx);
    case "pre":
      return el("pre", { tabindex: "0" }, el("code", {}, inner));
    case "spoiler":
      return spoiler(inner, ctx, key);
    case "blockquote":
      return el("blockquote", {}, inner);
    case "expandable_blockquote":
      return expandable(inner, ctx, key);
    default:
      return el(TAGS[entity.type] ?? "span", { class: `entity-${entity.type}` }, inner);
  }
}

/** A time in the reader's own zone, in the form that the bot chose; without one, as it is written. */
function time({ unix_time: seconds, date_time_format: form }, inner, ctx) {
  const words = form ? formattedTime(seconds, form, ctx.now()) : inner;
  const title = formattedTime(seconds, "wDt", ctx.now());
  return el("time", { datetime: isoTime(seconds), title, class: "entity-date_time" }, words);
}

function spoiler(inner, ctx, key) {
  const text = el("span", { class: "spoiler-text" }, inner);
  if (ctx.ui.has(key)) return text;
  const cover = el(
    "span",
    { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text; press to show" },
    text,
  );
  text.inert = true;
  const reveal = () => {
    ctx.ui.add(key);
    text.inert = false;
    cover.replaceWith(text);
  };
  cover.addEventListener("click", reveal);
  cover.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    reveal();
  });
  return cover;
}

// Whether a quote needs its expander shows only once it is laid out, and again at each new width.
const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const quote = target.closest(".expandable");
    if (quote && !quote.classList.contains("open")) {
      quote.classList.toggle("short", target.scrollHeight <= target.clientHeight + 2);
    }
  }
});

function expandable(inner, ctx, key) {
  const body = el("div", { class: "expandable-body" }, inner);
  const looks = { glyph: "chevron", text: true, class: "expander", testid: "expander" };
  const toggle = button("Show more", looks);
  const quote = el("blockquote", { class: "expandable", testid: "expandable" }, body, toggle);
  const show = (open) => {
    if (open) ctx.ui.add(key);
    else ctx.ui.delete(key);
    quote.classList.toggle("open", open);
    toggle.setAttribute("aria-expanded", String(open));
    toggle.lastChild.textContent = open ? "Show less" : "Show more";
  };
  toggle.addEventListener("click", () => show(!quote.classList.contains("open")));
  body.addEventListener("click", (event) => {
    if (!event.target.closest("a, button") && document.getSelection().isCollapsed) show(true);
  });
  // Going by Tab to a link in the folded part must not scroll it away inside its box.
  body.addEventListener("focusin", () => show(true));
  show(ctx.ui.has(key));
  watcher.observe(body);
  return quote;
}
