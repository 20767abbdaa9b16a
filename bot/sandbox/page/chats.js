// What a chat is: its kind, who is in it, its topics. Shapes are those of GET /sandbox/chats.

const KINDS = {
  private: "Private chat",
  group: "Group",
  supergroup: "Supergroup",
  channel: "Channel",
};

export const kind = (chat) => (chat.is_forum ? "Forum group" : KINDS[chat.type]);

export const isAdmin = (chat, personId) => (chat.admins ?? []).includes(personId);
export const isMember = (chat, personId) =>
  (chat.members ?? []).includes(personId) || isAdmin(chat, personId);

/** Whether the bot is in the chat, whatever it may do there. */
export const hasBot = (chat) => ["creator", "administrator", "member"].includes(chat.bot);

/**
 * The chats of a person: the one with the bot, then groups, forum groups and channels. A group that
 * was turned into a supergroup is history, and listed only while it is `open`.
 */
export function chatsOf(person, chats, bot, open) {
  if (!person) return [];
  const { first_name: title = "The bot", id: avatarId = 0 } = bot.user ?? {};
  const own = { id: person.id, type: "private", title, avatarId };
  const order = (chat) => (chat.type === "channel" ? 2 : chat.is_forum ? 1 : 0);
  const shared = chats
    .filter((chat) => isMember(chat, person.id) && (!chat.migrated_to || chat.id === open))
    .sort((a, b) => order(a) - order(b));
  return [own, ...shared.map((chat) => ({ ...chat, avatarId: chat.id }))];
}

/** The chats that the person could join. */
export const othersOf = (person, chats) =>
  person ? chats.filter((chat) => !isMember(chat, person.id) && !chat.migrated_to) : [];

/** E.g. "12 members"; the bot counts, as on Telegram. */
export function audience(chat) {
  const people = new Set([...(chat.members ?? []), ...(chat.admins ?? [])]).size;
  const count = people + (hasBot(chat) ? 1 : 0);
  const noun = chat.type === "channel" ? "subscriber" : "member";
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** A forum's topics, the one that is always there first; its thread is null. */
export const topicsOf = (chat) => [
  { message_thread_id: null, name: "General", closed: false },
  ...(chat.topics ?? []),
];

/** The topic of a forum with this thread; undefined where it is gone, or in other chats. */
export const topicOf = (chat, thread) =>
  chat?.is_forum
    ? topicsOf(chat).find(({ message_thread_id: id }) => id === thread)
    : undefined;

/** The topic that a message of a forum stands in. */
export const threadOf = (message) =>
  message.is_topic_message ? message.message_thread_id : null;
