"""Authors and reviewers as the bot's administrators see them."""

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.roles.role_buttons import RoleVerb, role_button
from bot.features.shared.messages import ListPage, html_message, message, quoting
from bot.features.shared.shown_names import harmless
from content.markup import Paragraph, parse, plain, to_html
from storage.outcome import OwedCall
from storage.roles import AUTHOR, REVIEWER, RoleHolder

PAGE_LENGTH = 8
NAME_LENGTH = 64  # visible characters


class RolesShown(Struct, frozen=True):
    """A page of all who write or review, and how many there are of each."""

    page: ListPage[RoleHolder]
    authors: int
    reviewers: int


def roles(chat_id: int, shown: RolesShown, words: Words) -> OwedCall:
    """`/roles`: everybody, with a button to take it back, and the ways to make one more."""
    head = words.say(
        "**Authors** write cases in this chat (/write), which come into use without being asked for"
        " again. **Reviewers** sign cases as clinicians. Each link is for one person."
    )
    authors = words.count("{n} author", "{n} authors", shown.authors)
    reviewers = words.count("{n} reviewer", "{n} reviewers", shown.reviewers)
    first = shown.page.number * PAGE_LENGTH + 1
    lines = [
        f"{words.lead}{number}. {_line(one, words)}"
        for number, one in enumerate(shown.page.items, first)
    ]
    told: list[Paragraph] = [*parse(head), (plain(f"{authors}, {reviewers}"),)]
    if lines:
        told += [(plain("\n".join(lines)),)]
        told += parse(words.say("Press a number to take a role back."))
    numbers = [
        role_button(str(number), RoleVerb.TAKE_BACK, one.role, one.person_id)
        for number, one in enumerate(shown.page.items, first)
    ]
    keyboard = [numbers[:4], numbers[4:]] if len(numbers) > 4 else [numbers] * bool(numbers)
    keyboard += shown.page.turning(
        lambda sign, number: role_button(sign, RoleVerb.LIST, "", number), "◀▶"
    )
    keyboard += [
        [role_button(words.say("Link for an author"), RoleVerb.LINK, AUTHOR)],
        [role_button(words.say("Link for a reviewer"), RoleVerb.LINK, REVIEWER)],
    ]
    call = html_message(chat_id, to_html(told), keyboard)
    return quoting(call, *((one.person_id, _line(one, words)) for one in shown.page.items))


def _line(one: RoleHolder, words: Words) -> str:
    kind = words.say("author") if one.role == AUTHOR else words.say("reviewer")
    return words.say("{name}, {role}", name=_called(one, words), role=kind)


def _called(one: RoleHolder, words: Words) -> str:
    """Who it is: as in Telegram, and as learners know them."""
    name = harmless(one.name, NAME_LENGTH) or words.say("somebody without a name")
    if one.username is not None:
        name = words.say("{name} (@{username})", name=name, username=one.username)
    if one.public_name and one.public_name != one.name:
        name = words.say("{name}, named {public}", name=name, public=one.public_name)
    return words.isolated(name)


def link_made(chat_id: int, role: str, address: str, words: Words) -> OwedCall:
    """The link, to be passed on."""
    if role == AUTHOR:
        sentence = words.say(
            "**A link for one author.** Send it to the person whom you mean: whoever opens it first"
            " can accept. It ends when it is used, or after 14 days."
        )
    else:
        sentence = words.say(
            "**A link for one reviewer.** Send it to a clinician whom you know: whoever opens it"
            " first can accept. It ends when it is used, or after 14 days."
        )
    back = [[role_button(words.say("Back"), RoleVerb.LIST)]]
    return html_message(chat_id, to_html([*parse(sentence), (plain(address),)]), back)


def take_back_question(chat_id: int, one: RoleHolder, words: Words) -> OwedCall:
    """Asks once."""
    if one.role == AUTHOR:
        sentence = words.say(
            "**No longer an author?** They write and publish nothing more, at once. What they"
            " published stays; their drafts stay theirs, to download and to delete."
        )
    else:
        sentence = words.say(
            "**No longer a reviewer?** They sign nothing more, at once. What they signed stays"
            " signed."
        )
    keyboard = [
        [role_button(words.say("Take it back"), RoleVerb.TAKEN_BACK, one.role, one.person_id)],
        [role_button(words.say("Leave it as it is"), RoleVerb.LIST)],
    ]
    told = [(plain(_line(one, words)),), *parse(sentence)]
    call = html_message(chat_id, to_html(told), keyboard)
    return quoting(call, (one.person_id, _line(one, words)))


def accepted_told(chat_id: int, one: RoleHolder, words: Words) -> OwedCall:
    """To the administrator who made the link."""
    sentence = words.say("Your link was used. /roles lists everybody.")
    line = _line(one, words)
    call = html_message(chat_id, to_html([(plain(line),), *parse(sentence)]))
    return quoting(call, (one.person_id, line))


def taken_back_told(chat_id: int, role: str, words: Words) -> OwedCall:
    """To whom it was taken from."""
    if role == AUTHOR:
        sentence = words.say(
            "Those who run this bot took back that you write cases here. What you published stays;"
            " /drafts still gives you your drafts, to download and to delete."
        )
    else:
        sentence = words.say(
            "Those who run this bot took back that you review cases here. What you signed stays"
            " signed."
        )
    return message(chat_id, sentence)
