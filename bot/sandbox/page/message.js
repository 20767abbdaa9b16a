// One bubble: a message, or the messages of one album.

import { button, el, fullName, hue } from "./dom.js";
import { richText } from "./entities.js";
import { inlineKeyboard } from "./keyboard.js";
import { documentLink, photo } from "./media.js";
import { pollCard } from "./poll.js";
import { clockTime, isoTime } from "./time.js";

const EDITABLE = ["text", "photo", "document", "voice"];
const EDITED_WITHIN = 48 * 60 * 60 * 1000; // milliseconds, in which people can edit

/**
 * `group` is one message, or the messages of an album in their order. `follows`: the one before it
 * is by the same sender, so that the name need not stand again.
 */
export function bubble(group, ctx, follows) {
  const [first] = group;
  const mine = isMine(first, ctx.person);
  const wide = first.poll || first.photo || (first.text ?? "").length > 400;
  return el(
    "article",
    {
      class: ["message", mine ? "mine" : "theirs", wide && "wide", follows && "follows"]
        .filter(Boolean)
        .join(" "),
      testid: "message",
      dataset: { messageId: first.message_id, from: mine ? "me" : "other" },
      "aria-label": `${mine ? "You" : sender(first)}, ${clockTime(first.date)}`,
      tabindex: "-1",
    },
    el(
      "div",
      { class: "bubble" },
      head(first, mine || follows, ctx),
      quoted(first, ctx),
      content(group, ctx),
      foot(group, ctx),
    ),
    inlineKeyboard(first, ctx),
    comments(first, ctx),
  );
}

/** Neighbours of one `media_group_id` belong together. */
export function albums(messages) {
  const groups = [];
  for (const message of messages) {
    const album = message.media_group_id;
    if (album && album === groups.at(-1)?.[0].media_group_id) groups.at(-1).push(message);
    else groups.push([message]);
  }
  return groups;
}

/** Whether this person wrote it under their own name. */
export const isMine = (message, person) => !message.sender_chat && message.from?.id === person;

/** The id of who stands as the sender: a chat for channel posts and anonymous administrators. */
export const senderId = (message) => (message.sender_chat ?? message.from ?? message.chat).id;

export function sender(message) {
  if (message.sender_chat) return message.sender_chat.title;
  return message.from ? fullName(message.from) : (message.chat.title ?? "");
}

function head(message, nameless, ctx) {
  const forwarded = message.forward_origin;
  const bare = nameless || ctx.isPrivate || message.chat.type === "channel";
  const linked = message.is_automatic_forward && "From the linked channel";
  return [
    !bare && nameplate(message),
    forwarded && el("p", { class: "note" }, linked || `Forwarded from ${origin(forwarded)}`),
    message.via_bot && el("p", { class: "note" }, `via @${message.via_bot.username}`),
  ];
}

function nameplate(message) {
  const role = rank(message);
  return el(
    "p",
    { class: `sender ink-${hue(senderId(message))}`, testid: "sender" },
    sender(message),
    role && el("span", { class: "rank" }, role),
  );
}

/** What a sender is, where the name does not say it. */
function rank({ sender_chat: chat, chat: here, from }) {
  if (chat) return chat.id === here.id ? "Admin" : "Channel";
  return from?.is_bot ? "Bot" : null;
}

/** The way from a channel's post to what is said of it in the linked group. */
function comments(message, ctx) {
  const found = ctx.commentsOf(message);
  if (!found) return null;
  const { chat, message: copy, count } = found;
  const label = count === 0 ? "Comment" : count === 1 ? "1 comment" : `${count} comments`;
  const looks = { glyph: "comment", text: true, class: "quiet comments", testid: "comments" };
  return button(label, looks, () => ctx.comment(chat, copy));
}

function origin(forward) {
  if (forward.sender_user) return fullName(forward.sender_user);
  return forward.sender_user_name ?? forward.chat?.title ?? forward.sender_chat?.title ?? "someone";
}

function quoted(message, ctx) {
  const { reply_to_message: original, external_reply: elsewhere, quote } = message;
  if (elsewhere) {
    const { chat, origin: from, message_id: id } = elsewhere;
    const go = chat && (() => ctx.openChat(chat.id, id));
    return quotation(`${origin(from)}, in another chat`, quote?.text ?? snippet(elsewhere), go);
  }
  // All that stands in a topic answers the topic's beginning: nothing to tell.
  if (!original || original.forum_topic_created) return null;
  const author = isMine(original, ctx.person) ? "You" : sender(original);
  const go = () => ctx.jumpTo(original.message_id);
  return quotation(author, quote?.text ?? snippet(original), go);
}

/** What a message answers; a press leads there, where one can go there. */
function quotation(author, words, go) {
  const parts = [
    el("span", { class: "quoted-from" }, author),
    el("span", { class: "quoted-text" }, words),
  ];
  const looks = { class: "quoted", testid: "reply-quote" };
  if (!go) return el("div", looks, parts);
  const label = `In reply to: ${words}. Go there`;
  return el("button", { ...looks, type: "button", "aria-label": label, onclick: go }, parts);
}

/** A message in a few words, for quotes and lists. */
export function snippet(message) {
  if (message.poll) return `📊 ${message.poll.question}`;
  const words = message.text ?? message.caption;
  if (words) return words.slice(0, 120);
  if (message.photo) return "Photo";
  if (message.voice) return spoken(message.voice).file_name;
  return message.document?.file_name ?? "a message";
}

const spoken = (voice) => ({ ...voice, file_name: `Voice message, ${voice.duration} s` });

function content(group, ctx) {
  const [first] = group;
  const parts = [];
  if (first.poll) parts.push(pollCard(first, ctx));
  else if (first.photo) parts.push(pictures(group, ctx));
  else if (first.document) parts.push(group.map((message) => documentLink(message.document)));
  else if (first.voice) parts.push(documentLink(spoken(first.voice)));
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

/** What can be done with the message. */
function tools(group, ctx) {
  const last = group.at(-1);
  const reply = { glyph: "reply", class: "tool", testid: "reply" };
  const edit = { glyph: "edit", class: "tool", testid: "edit" };
  const changed = group.find(({ caption }) => caption) ?? group[0];
  return el(
    "span",
    { class: "tools" },
    button(`Reply to ${sender(last)}`, reply, () => ctx.reply(last)),
    isEditable(changed, ctx) && button("Edit", edit, () => ctx.edit(changed)),
  );
}

function isEditable(message, { person, now }) {
  const has = EDITABLE.some((kind) => message[kind] !== undefined);
  const inTime = now() - message.date * 1000 < EDITED_WITHIN;
  return has && inTime && isMine(message, person) && !message.forward_origin;
}

function foot(group, ctx) {
  const last = group.at(-1);
  const edited = group.some((message) => message.edit_date);
  const isPost = last.chat.type === "channel";
  return el(
    "p",
    { class: "stamp" },
    !isPost && tools(group, ctx),
    last.author_signature && `${last.author_signature} · `,
    edited && el("span", { testid: "edited" }, "edited "),
    el("time", { datetime: isoTime(last.date) }, clockTime(last.date)),
  );
}
