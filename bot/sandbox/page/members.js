// The members of a chat: who they are there, and making them something else to try things out.

import { isMember } from "./chats.js";
import { openDialog } from "./dialog.js";
import { avatar, button, el, fullName } from "./dom.js";
import { botRoleOf, botRolesFor, roleOf, rolesFor } from "./roles.js";

export class MembersDialog {
  #dialog = null;
  #shown = null;

  /** `onSet(memberId, role)` and `onAdd(personId)` do what the user wants. */
  constructor({ onSet, onAdd }) {
    this.onSet = onSet;
    this.onAdd = onAdd;
  }

  open(state) {
    this.list = el("ul", { class: "member-list" });
    this.adding = el("div", { class: "member-add" });
    const looks = { class: "primary", testid: "members-close" };
    const close = button("Done", looks, () => this.#dialog.close());
    this.#dialog = el(
      "dialog",
      { class: "box", "aria-label": "Members", testid: "members" },
      el("h2", {}, "Members"),
      el("p", { class: "note" }, "Change who someone is here, and see what the bot makes of it."),
      this.list,
      this.adding,
      el("div", { class: "box-actions" }, close),
    );
    this.#shown = null;
    this.#dialog.addEventListener("close", () => {
      this.#dialog = null;
    });
    openDialog(this.#dialog);
    this.show(state);
  }

  /** Bring an open dialog up to date with {chat, people, person, bot}. */
  show({ chat, people, person, bot }) {
    if (!this.#dialog) return;
    if (!chat || chat.type === "private") {
      this.#dialog.close();
      return;
    }
    const signature = JSON.stringify([chat, people.map(({ id }) => id), bot.user?.id]);
    if (signature === this.#shown) return;
    this.#shown = signature;
    const focused = document.activeElement?.dataset?.focusKey;
    const inside = people.filter(({ id }) => isMember(chat, id));
    const rank = ({ id }) => ["creator", "administrator"].indexOf(roleOf(chat, id).status);
    inside.sort((a, b) => (rank(a) + 3) % 3 - (rank(b) + 3) % 3);
    this.list.replaceChildren(
      ...(bot.user ? [this.#botRow(chat, bot.user)] : []),
      ...inside.map((each) => this.#personRow(chat, each, each.id === person?.id)),
    );
    this.#showAdding(people.filter(({ id }) => !isMember(chat, id)));
    if (focused) this.#dialog.querySelector(`[data-focus-key="${focused}"]`)?.focus();
  }

  /** Draw again what may stand otherwise than it is. */
  redraw(state) {
    this.#shown = null;
    this.show(state);
  }

  #botRow(chat, user) {
    return this.#row(user, "the bot", botRoleOf(chat), botRolesFor(chat));
  }

  #personRow(chat, person, isMe) {
    return this.#row(person, isMe ? "you" : null, roleOf(chat, person.id), rolesFor(chat));
  }

  #row(account, remark, role, roles) {
    const name = fullName(account);
    const all = roles.some((each) => each.name === role.name) ? roles : [role, ...roles];
    const select = el(
      "select",
      {
        "aria-label": `${name} is`,
        testid: "member-role",
        dataset: { focusKey: `member ${account.id}` },
        onchange: () => this.onSet(account.id, all[select.selectedIndex]),
      },
      all.map((each) => el("option", { selected: each === role }, each.label)),
    );
    return el(
      "li",
      { class: "member", testid: "member", dataset: { memberId: account.id } },
      avatar(name, account.id),
      el(
        "span",
        { class: "member-name" },
        name,
        remark && el("span", { class: "note" }, ` (${remark})`),
      ),
      select,
    );
  }

  #showAdding(people) {
    const select = el(
      "select",
      { "aria-label": "Someone to add", testid: "member-new" },
      people.map((each) => el("option", { value: each.id }, fullName(each))),
    );
    const looks = { class: "quiet", testid: "member-add", dataset: { focusKey: "add" } };
    const add = button("Add", looks, () => this.onAdd(Number(select.value)));
    this.adding.replaceChildren(...(people.length > 0 ? [select, add] : []));
  }
}
