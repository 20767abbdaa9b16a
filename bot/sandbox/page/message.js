// One bubble: a message, or the messages of one album.

import { el, fullName } from "./dom.js";
import { richText } from "./entities.js";
import { inlineKeyboard } from "./keyboard.js";
import { documentLink, photo } from "./media.js";
import { pollCard } from "./poll.js";
import { clockTime, isoTime } from "./time.js";

/** `group` is one message, or the messages of an album in their order. */
export function bubble(group, ctx) {
  const [first] = group;
  const mine = first.from?.id === ctx.person;
  const wide = first.poll || first.photo || (first.text ?? "").length > 400;
  return el(
    "article",
    {
      class: ["message", mine ? "mine" : "theirs", wide && "wide"].filter(Boolean).join(" "),
      testid: "message",
      dataset: { messageId: first.message_id, from: mine ? "me" : "other" },
      "aria-label": `${mine ? "You" : sender(first)}, ${clockTime(first.date)}`,
      tabindex: "-1",
    },
    el(
      "div",
      { class: "bubble" },
      head(first, mine, ctx),
      quoted(first, ctx),
      content(group, ctx),
      foot(group),
    ),
    inlineKeyboard(first, ctx),
  );
}

export function sender(message) {
  if (message.sender_chat) return message.sender_chat.title;
  return message.from ? fullName(message.from) : (message.chat.title ?? "");
}

function head(message, mine, ctx) {
  const forwarded = message.forward_origin;
  return [
    !mine && !ctx.isPrivate && el("p", { class: "sender" }, sender(message)),
    forwarded && el("p", { class: "note" }, `Forwarded from ${origin(forwarded)}`),
    message.via_bot && el("p", { class: "note" }, `via @${message.via_bot.username}`),
  ];
}

function origin(forward) {
  if (forward.sender_user) return fullName(forward.sender_user);
  return forward.sender_user_name ?? forward.chat?.title ?? forward.sender_chat?.title ?? "someone";
}

function quoted(message, ctx) {
  const original = message.reply_to_message;
  if (!original) return null;
  const author = original.from?.id === ctx.person ? "You" : sender(original);
  return el(
    "button",
    {
      type: "button",
      class: "quoted",
      testid: "reply-quote",
      "aria-label": `In reply to: ${snippet(original)}. Go there`,
      onclick: () => ctx.jumpTo(original.message_id),
    },
    el("span", { class: "quoted-from" }, author),
    el("span", { class: "quoted-text" }, snippet(original)),
  );
}

/** A message in a few words, for quotes and lists. */
export function snippet(message) {
  if (message.poll) return `📊 ${message.poll.question}`;
  const words = message.text ?? message.caption;
  if (words) return words.slice(0, 120);
  if (message.photo) return "Photo";
  return message.document?.file_name ?? "Message";
}

function content(group, ctx) {
  const [first] = group;
  const parts = [];
  if (first.poll) parts.push(pollCard(first, ctx));
  else if (first.photo) parts.push(pictures(group, ctx));
  else if (first.document) parts.push(group.map((message) => documentLink(message.document)));
  else if (first.text === undefined) {
    parts.push(el("p", { class: "note" }, "This page cannot show this kind of message."));
  }
  if (first.text !== undefined) {
    const words = richText(first.text, first.entities, ctx, "t");
    parts.push(el("div", { class: "text", testid: "text" }, words));
  }
  const captions = group
    .filter(({ caption }) => caption)
    .map(({ message_id: id, caption, caption_entities: entities }) =>
      el("div", { class: "text caption" }, richText(caption, entities, ctx, `c${id}`)),
    );
  return first.show_caption_above_media ? [captions, parts] : [parts, captions];
}

function pictures(group, ctx) {
  const figures = group.map((message, index) =>
    el(
      "div",
      // The first one's id stands on the bubble itself.
      { class: "figure", dataset: index > 0 ? { messageId: message.message_id } : {} },
      photo(
        message.photo,
        message.caption ?? group[0].caption,
        ctx,
        message.has_media_spoiler ? `veil${message.message_id}` : null,
      ),
    ),
  );
  if (figures.length === 1) return figures[0];
  return el("div", { class: "album", testid: "album" }, figures);
}

function foot(group) {
  const last = group.at(-1);
  const edited = group.some((message) => message.edit_date);
  return el(
    "p",
    { class: "stamp" },
    edited && el("span", { testid: "edited" }, "edited "),
    el("time", { datetime: isoTime(last.date) }, clockTime(last.date)),
  );
}
