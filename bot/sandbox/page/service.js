// Service messages: what happened in a chat, as small lines between the bubbles.

import { el, fullName } from "./dom.js";
import { sender, snippet } from "./message.js";

const names = (people) => people.map(fullName).join(", ");

// Each gives the words for its field of a message, and what a press leads to, if to anything.
const SAID = {
  new_chat_members: ({ from, new_chat_members: people }) => {
    const alone = people.length === 1 && people[0].id === from?.id;
    return alone ? `${names(people)} joined` : `${who(from)} added ${names(people)}`;
  },
  left_chat_member: ({ from, left_chat_member: person }) =>
    person.id === from?.id
      ? `${fullName(person)} left`
      : `${who(from)} removed ${fullName(person)}`,
  new_chat_title: (message) => `The title is now “${message.new_chat_title}”`,
  group_chat_created: ({ from }) => `${who(from)} created the group`,
  supergroup_chat_created: ({ from }) => `${who(from)} created the group`,
  channel_chat_created: () => "The channel was created",
  forum_topic_created: (message) => `Topic “${message.forum_topic_created.name}” was created`,
  forum_topic_edited: (message) =>
    message.forum_topic_edited.name
      ? `The topic is now “${message.forum_topic_edited.name}”`
      : "The topic was changed",
  forum_topic_closed: () => "The topic was closed",
  forum_topic_reopened: () => "The topic was opened again",
  migrate_to_chat_id: () => "This group became a supergroup",
  migrate_from_chat_id: () => "The group became a supergroup",
  pinned_message: (message) =>
    `${sender(message) || "Someone"} pinned “${snippet(message.pinned_message)}”`,
};

const who = (user) => (user ? fullName(user) : "Someone");

/** The words of a service message; null where the message is none. */
export function serviceWords(message) {
  const field = Object.keys(SAID).find((name) => message[name] !== undefined);
  return field ? SAID[field](message) : null;
}

/** `ctx` offers `openChat(id)` and `jumpTo(message id)`. */
export function serviceLine(message, ctx) {
  return el(
    "p",
    {
      class: "message service",
      testid: "service",
      dataset: { messageId: message.message_id },
      tabindex: "-1",
    },
    el("span", {}, serviceWords(message), way(message, ctx)),
  );
}

function way(message, ctx) {
  const other = message.migrate_to_chat_id ?? message.migrate_from_chat_id;
  if (other !== undefined) {
    const label = message.migrate_to_chat_id ? "Go there" : "Earlier messages";
    return [" · ", link(label, () => ctx.openChat(other))];
  }
  const pinned = message.pinned_message;
  return pinned ? [" · ", link("Show", () => ctx.jumpTo(pinned.message_id))] : null;
}

function link(label, onclick) {
  return el("button", { type: "button", class: "link", testid: "service-link", onclick }, label);
}
