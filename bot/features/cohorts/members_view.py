"""The members of a cohort as its educators see them, and the removal of one."""

import hashlib

from bot.base.i18n import Words
from bot.features.cohorts.cohort_buttons import CohortVerb, button
from bot.features.cohorts.cohort_names import headline
from bot.features.shared.messages import ListPage, html_message, in_rows, quoting
from content.markup import Paragraph, parse, plain, to_html
from storage.cohorts import Cohort, CohortPerson
from storage.outcome import OwedCall

PAGE_LENGTH = 8


def members(
    chat_id: int, cohort: Cohort, page: ListPage[CohortPerson], total: int, words: Words
) -> OwedCall:
    """A page of them; ``total`` is how many there are."""
    first = page.number * PAGE_LENGTH + 1
    head = words.count("{n} member", "{n} members", total)
    more = words.say("Press a number to remove that member. An alias has no line in reports.")
    lines = [
        f"{words.lead}{number}. {_label(one, words)}"
        for number, one in enumerate(page.items, first)
    ]
    told: list[Paragraph] = [(headline(cohort.title, words), plain(f"\n{head}"))]
    if page.items:
        told += [(plain("\n".join(lines)),), (plain(more),)]
    numbers = [
        button(str(number), CohortVerb.PERSON, cohort.id, number_of(one))
        for number, one in enumerate(page.items, first)
    ]
    turns = page.turning(
        lambda sign, number: button(sign, CohortVerb.PEOPLE, cohort.id, number), "◀▶"
    )
    back = [button(words.say("Back"), CohortVerb.SHOW, cohort.id)]
    call = html_message(chat_id, to_html(told), [*in_rows(numbers, 4), *turns, back])
    return quoting(call, *((one.person_id, one.name) for one in page.items))


def remove_question(
    chat_id: int, cohort: Cohort, person: CohortPerson, page: int, words: Words
) -> OwedCall:
    """Asks once."""
    sentence = words.say(
        "**Remove this member?** Their line goes at once, with what it showed, and they are told."
        " With a link that is still good they can join again."
    )
    keyboard = [
        [button(words.say("Remove"), CohortVerb.REMOVE, cohort.id, number_of(person))],
        [button(words.say("Back"), CohortVerb.PEOPLE, cohort.id, page)],
    ]
    told = [
        (headline(cohort.title, words), plain(f"\n{_label(person, words)}")),
        *parse(sentence),
    ]
    call = html_message(chat_id, to_html(told), keyboard)
    return quoting(call, (person.person_id, person.name))


def removed_told(chat_id: int, name: str, words: Words) -> OwedCall:
    """To who was removed."""
    sentence = words.say(
        "An educator took you off {title}. Nothing of yours is shown there any more; what you did"
        " stays yours.",
        title=name,
    )
    return html_message(chat_id, to_html([(plain(sentence),)]))


def not_there(words: Words) -> str:
    """Somebody who left meanwhile."""
    return words.say("They are no longer in this cohort.")


def number_of(person: CohortPerson) -> int:
    """By which a button means a member.

    Whoever reads a button's data, or writes it, must not learn by it who has an alias: a person's
    own number is the same everywhere in Telegram.
    """
    shown = f"{person.joined_at} {person.name}".encode()
    return int.from_bytes(hashlib.sha256(shown).digest()[:7])


def _label(person: CohortPerson, words: Words) -> str:
    if person.named:
        return words.isolated(person.name)
    return words.say("{name} (alias)", name=person.name)
