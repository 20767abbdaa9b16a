// What someone can be in a chat, as the members dialog offers it for trying things out.

/** `rights` are asked for with the status; `mark` tells the role from others of its status. */
const role = (label, status, rights = {}, mark = rights) => ({ label, status, rights, mark });

const CREATOR = role("Creator", "creator");
const ADMIN = role("Administrator", "administrator");
const ANONYMOUS = role("Anonymous administrator", "administrator", { is_anonymous: true });
const NO_POSTS = role("Administrator, no posting", "administrator", { can_post_messages: false });
const MEMBER = role("Member", "member");
const SUBSCRIBER = role("Subscriber", "member");
// Without any right named, a restricted member has none.
const READER = role("Member, reading only", "restricted", {}, { can_send_messages: false });
const NO_POLLS = role("Member, no polls", "restricted", { can_send_polls: false });
const RESTRICTED = role("Restricted member", "restricted");
const LEFT = role("Not in the chat", "left");
const BANNED = role("Banned", "kicked");

// Those with a mark stand before the plain ones of their status.
const ALL = [
  CREATOR,
  ANONYMOUS,
  NO_POSTS,
  ADMIN,
  MEMBER,
  READER,
  NO_POLLS,
  RESTRICTED,
  LEFT,
  BANNED,
];

/** What a person can be made in this chat. */
export function rolesFor(chat) {
  if (chat.type === "channel") return [ADMIN, SUBSCRIBER, LEFT, BANNED];
  const some = chat.type === "supergroup" ? [READER] : [];
  return [ADMIN, ANONYMOUS, MEMBER, ...some, LEFT, BANNED];
}

/** What the bot can be made; in a channel a bot is an administrator or not there. */
export function botRolesFor(chat) {
  if (chat.type === "channel") return [ADMIN, NO_POSTS, LEFT, BANNED];
  const some = chat.type === "supergroup" ? [NO_POLLS, READER] : [];
  return [ADMIN, MEMBER, ...some, LEFT, BANNED];
}

/** The role of a ChatMember in this chat. */
export function roleOf(member, chat) {
  if (chat.type === "channel" && member.status === "member") return SUBSCRIBER;
  return ALL.find(
    ({ status, mark }) =>
      status === member.status &&
      Object.entries(mark).every(([right, given]) => member[right] === given),
  );
}
