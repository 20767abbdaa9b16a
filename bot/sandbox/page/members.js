// The members of a chat: who they are there, and making them something else to try things out.

import * as api from "./api.js";
import { refresh } from "./attempts.js";
import { openDialog } from "./dialog.js";
import { avatar, button, el, fullName } from "./dom.js";
import { botRolesFor, roleOf, rolesFor } from "./roles.js";

const RANKS = ["creator", "administrator"];
const rank = ({ status }) => (RANKS.indexOf(status) + 3) % 3;
const isInside = ({ status }) => !["left", "kicked"].includes(status);

export class MembersDialog {
  #store;
  #dialog = null;
  #list = el("ul", { class: "member-list" });
  #adding = el("div", { class: "member-add" });

  /** `onSet(memberId, role)` and `onAdd(personId)` do what the user wants. */
  constructor(store, { onSet, onAdd }) {
    this.#store = store;
    this.onSet = onSet;
    this.onAdd = onAdd;
  }

  async open() {
    const looks = { class: "primary", testid: "members-close" };
    const close = button("Done", looks, () => this.#dialog.close());
    this.#dialog = el(
      "dialog",
      { class: "box", "aria-label": "Members", testid: "members" },
      el("h2", {}, "Members"),
      el("p", { class: "note" }, "Change who someone is here, and see what the bot makes of it."),
      this.#list,
      this.#adding,
      el("div", { class: "box-actions" }, close),
    );
    this.#list.replaceChildren();
    this.#adding.replaceChildren();
    this.#dialog.addEventListener("close", () => {
      this.#dialog = null;
    });
    openDialog(this.#dialog);
    await this.read();
  }

  /** Bring the dialog up to date, if it is open. */
  async read() {
    const { chat } = this.#store;
    if (!this.#dialog) return;
    if (!chat || chat.type === "private") this.#dialog.close();
    else await refresh(async () => this.#show(chat, await api.members(chat.id)));
  }

  #show(chat, members) {
    const { people, personId } = this.#store;
    if (!this.#dialog) return;
    const focused = document.activeElement?.dataset?.focusKey;
    const bots = members.filter(({ user }) => user.is_bot);
    const persons = members.filter((member) => !member.user.is_bot && isInside(member));
    persons.sort((a, b) => rank(a) - rank(b));
    this.#list.replaceChildren(
      ...bots.map((member) => this.#row(chat, member, botRolesFor(chat), "the bot")),
      ...persons.map((member) =>
        this.#row(chat, member, rolesFor(chat), member.user.id === personId && "you"),
      ),
    );
    const inside = new Set(persons.map(({ user }) => user.id));
    this.#showAdding(people.filter(({ id }) => !inside.has(id)));
    if (focused) this.#dialog.querySelector(`[data-focus-key="${focused}"]`)?.focus();
  }

  #row(chat, member, roles, remark) {
    const { user } = member;
    const name = fullName(user);
    const role = roleOf(member, chat);
    const all = roles.includes(role) ? roles : [role, ...roles];
    const select = el(
      "select",
      {
        "aria-label": `${name} is`,
        testid: "member-role",
        dataset: { focusKey: `member ${user.id}` },
        onchange: () => this.onSet(user.id, all[select.selectedIndex]),
      },
      all.map((each) => el("option", { selected: each === role }, each.label)),
    );
    return el(
      "li",
      { class: "member", testid: "member", dataset: { memberId: user.id } },
      avatar(name, user.id),
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
    this.#adding.replaceChildren(...(people.length > 0 ? [select, add] : []));
  }
}
