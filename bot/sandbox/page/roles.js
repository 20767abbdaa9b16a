// What someone can be in a chat, as the members dialog offers it for trying things out.

import { isAdmin, isMember } from "./chats.js";

const SILENT = {
  can_send_messages: false,
  can_send_photos: false,
  can_send_documents: false,
  can_send_polls: false,
  can_send_other_messages: false,
};
const NO_POLLS = { ...SILENT, can_send_messages: true, can_send_photos: true };

const CREATOR = { name: "creator", label: "Creator", status: "creator" };
const ADMIN = { name: "administrator", label: "Administrator", status: "administrator" };
const ANONYMOUS = {
  name: "anonymous",
  label: "Anonymous administrator",
  status: "administrator",
  rights: { is_anonymous: true },
};
const NO_POSTS = {
  name: "no-posts",
  label: "Administrator who may not post",
  status: "administrator",
  rights: { can_post_messages: false },
};
const MEMBER = { name: "member", label: "Member", status: "member" };
const SUBSCRIBER = { name: "member", label: "Subscriber", status: "member" };
const WITHOUT_POLLS = {
  name: "no-polls",
  label: "Member who may not send polls",
  status: "restricted",
  rights: NO_POLLS,
};
const READER = {
  name: "silent",
  label: "Member who may only read",
  status: "restricted",
  rights: SILENT,
};
const LEFT = { name: "left", label: "Not in the chat", status: "left" };
const BANNED = { name: "kicked", label: "Banned", status: "kicked" };

/** What a person can be made in this chat. */
export function rolesFor(chat) {
  if (chat.type === "channel") return [ADMIN, SUBSCRIBER, LEFT, BANNED];
  const some = chat.type === "supergroup" ? [READER] : [];
  return [ADMIN, ANONYMOUS, MEMBER, ...some, LEFT, BANNED];
}

/** What the bot can be made; in a channel a bot is an administrator or not there. */
export function botRolesFor(chat) {
  if (chat.type === "channel") return [ADMIN, NO_POSTS, LEFT, BANNED];
  const some = chat.type === "supergroup" ? [WITHOUT_POLLS, READER] : [];
  return [ADMIN, MEMBER, ...some, LEFT, BANNED];
}

/** What a person is now, as far as the list of chats tells. */
export function roleOf(chat, personId) {
  if (chat.admins?.[0] === personId) return CREATOR;
  if (isAdmin(chat, personId)) return chat.anonymous?.includes(personId) ? ANONYMOUS : ADMIN;
  if (!isMember(chat, personId)) return LEFT;
  return chat.type === "channel" ? SUBSCRIBER : MEMBER;
}

export function botRoleOf(chat) {
  const known = [ADMIN, MEMBER, LEFT, BANNED].find(({ status }) => status === chat.bot);
  return known ?? (chat.bot === "restricted" ? WITHOUT_POLLS : LEFT);
}
