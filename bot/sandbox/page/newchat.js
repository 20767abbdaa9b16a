// The form for a new group, forum group or channel.

import { formDialog, labelled, options } from "./dialog.js";
import { el, fullName } from "./dom.js";

const TYPES = [
  ["group", "Group"],
  ["supergroup", "Supergroup"],
  ["forum", "Forum group, with topics"],
  ["channel", "Channel"],
];
const ROLES = [
  ["none", "Not in it"],
  ["member", "Member"],
  ["admin", "Administrator"],
];

/**
 * Ask for a new chat made by `person`, and return the dialog. `onAdd(chat)` gets the body for
 * `api.addChat`; what it throws is shown. `type` is chosen at first.
 */
export function askForChat({ person, people, chats, type = "group", onAdd }) {
  const kinds = el("select", { id: "chat-type", testid: "new-chat-type" }, options(TYPES, type));
  const props = { required: true, maxlength: 128, autocomplete: "off", testid: "new-chat-title" };
  const title = el("input", { id: "chat-title", ...props });
  const others = people.filter(({ id }) => id !== person.id);
  const roles = others.map((each) => roleField(each));
  const bot = el("select", { id: "chat-bot", testid: "new-chat-bot" });
  const linked = linkField(chats);
  const linking = el("div", {}, labelled("Comments go to", linked));
  const adapt = () => {
    const isChannel = kinds.value === "channel";
    linking.hidden = !isChannel || linked.options.length < 2;
    bot.replaceChildren(...options(botChoices(isChannel), "administrator"));
  };
  kinds.addEventListener("change", adapt);
  adapt();
  const chosen = (role) => others.filter((_, at) => roles[at].value === role).map(({ id }) => id);
  const dialog = formDialog(
    {
      title: "New chat",
      testid: "new-chat-form",
      save: "Create",
      onSave: () =>
        onAdd({
          type: kinds.value === "forum" ? "supergroup" : kinds.value,
          title: title.value.trim(),
          members: [person.id, ...chosen("admin"), ...chosen("member")],
          admins: [person.id, ...chosen("admin")],
          bot: bot.value,
          ...(kinds.value === "forum" && { is_forum: true }),
          ...(!linking.hidden && linked.value && { linked_chat: Number(linked.value) }),
        }),
    },
    labelled("Kind", kinds),
    labelled("Title", title),
    labelled("The bot is", bot),
    linking,
    others.length > 0 && memberFields(others, roles),
  );
  title.focus();
  return dialog;
}

/** In a channel a bot is an administrator or not there. */
function botChoices(isChannel) {
  const member = isChannel ? [] : [["member", "A member"]];
  return [["administrator", "An administrator"], ...member, ["none", "Not in it yet"]];
}

function roleField(person) {
  const label = `${fullName(person)} is`;
  return el("select", { "aria-label": label, testid: "new-chat-role" }, options(ROLES, "member"));
}

function linkField(chats) {
  const groups = chats.filter(({ type, migrated_to: gone }) => type === "supergroup" && !gone);
  const pairs = groups.map(({ id, title }) => [String(id), title]);
  const props = { id: "chat-linked", testid: "new-chat-linked" };
  return el("select", props, options([["", "No discussion group"], ...pairs], ""));
}

function memberFields(people, roles) {
  const rows = people.map((person, at) => {
    const name = el("span", { class: "member-name" }, fullName(person));
    return el("li", { class: "member" }, name, roles[at]);
  });
  return el(
    "fieldset",
    { class: "members-of-new" },
    el("legend", {}, "Members beside you"),
    el("ul", { class: "member-list" }, rows),
  );
}
