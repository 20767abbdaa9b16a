"""The drafts that a person has: listed, opened, taken along, deleted."""

from datetime import date
from typing import Any, Final

from msgspec import Struct

from bot.base.i18n import Words
from bot.base.time_units import DAY_MS
from bot.features.drafts.case_draft import MOST_DRAFTS
from bot.features.drafts.draft_buttons import DraftVerb, draft_button
from bot.features.drafts.draft_page_view import draft_name
from bot.features.publishing.published_buttons import own_cases_button
from bot.features.shared.dates import whole_date
from bot.features.shared.messages import ListPage, html_message, in_rows, message
from content.markup import Paragraph, Run, parse, plain, to_html
from storage.drafts import DRAFT_WARNING_MS, IDLE_DRAFT_MS
from storage.outcome import OwedCall

DRAFTS_AT_ONCE: Final = 8


class OwnDraft(Struct, frozen=True):
    """A draft by its title or first words, empty where it has none, and when it was changed."""

    draft_id: int
    name: str
    changed_on: date


def no_drafts(chat_id: int, words: Words, *, writes: bool, published: bool) -> OwedCall:
    """There are none; ``published``: but they have published cases."""
    rows = [[own_cases_button(words)]] if published else []
    if writes:
        return message(chat_id, words.say("You have no drafts. /write begins one."), rows)
    return message(chat_id, words.say("You have no drafts."), rows)


def own_drafts(
    chat_id: int, page: ListPage[OwnDraft], total: int, words: Words, *, published: bool
) -> OwedCall:
    """A page of them, each with its number."""
    head = words.count(
        "**{n} draft** of at most {most}:",
        "**{n} drafts** of at most {most}:",
        total,
        most=MOST_DRAFTS,
    )
    first = page.number * DRAFTS_AT_ONCE + 1
    numbered = list(enumerate(page.items, first))
    lines = [
        words.say(
            "{n}. {name}, changed on {day}",
            n=number,
            name=draft_name(one.name, words),
            day=whole_date(one.changed_on, words),
        )
        for number, one in numbered
    ]
    note = words.count(
        "A draft that is not changed for {n} day goes; you are told a week before.",
        "A draft that is not changed for {n} days goes; you are told a week before.",
        IDLE_DRAFT_MS // DAY_MS,
    )
    told: list[Paragraph] = [*parse(head), (plain("\n".join(lines)),), *parse(note)]
    buttons = [draft_button(str(number), DraftVerb.CARD, one.draft_id) for number, one in numbered]
    rows = in_rows(buttons, 4)
    rows += page.turning(lambda sign, to: draft_button(sign, DraftVerb.LIST, 0, to), "◀▶")
    rows += [[own_cases_button(words)]] if published else []
    return html_message(chat_id, to_html(told), rows)


def draft_card(chat_id: int, one: OwnDraft, words: Words, *, writes: bool) -> OwedCall:
    """What can be done with one."""
    day = words.say("Changed on {day}.", day=whole_date(one.changed_on, words))
    told: list[Paragraph] = [
        (Run(words.lead + words.isolated(draft_name(one.name, words)), bold=True),),
        (plain(day),),
    ]
    opens = [draft_button(words.say("Open"), DraftVerb.PAGE, one.draft_id)]
    keyboard = [
        *([opens] if writes else []),
        [
            draft_button(words.say("Download"), DraftVerb.DOWNLOAD, one.draft_id),
            draft_button(words.say("Delete"), DraftVerb.DELETE, one.draft_id),
        ],
        [draft_button(words.say("My drafts"), DraftVerb.LIST)],
    ]
    return html_message(chat_id, to_html(told), keyboard)


def delete_question(chat_id: int, one: OwnDraft, words: Words) -> OwedCall:
    """Asks once."""
    sentence = words.say("**Delete this draft?** It cannot be brought back.")
    told: list[Paragraph] = [(plain(draft_name(one.name, words)),), *parse(sentence)]
    keyboard = [
        [draft_button(words.say("Delete it"), DraftVerb.DELETED, one.draft_id)],
        [draft_button(words.say("Leave it as it is"), DraftVerb.CARD, one.draft_id)],
    ]
    return html_message(chat_id, to_html(told), keyboard)


def draft_deleted(chat_id: int, words: Words) -> OwedCall:
    """It is gone."""
    keyboard = [[draft_button(words.say("My drafts"), DraftVerb.LIST)]]
    return message(chat_id, words.say("The draft is deleted."), keyboard)


def draft_file(chat_id: int, document: str, words: Words) -> OwedCall:
    """The draft as a case file."""
    params: dict[str, Any] = {
        "document": {"$file": {"name": "draft.yaml", "content": document}},
        "caption": words.say("The draft as a case file, as far as it goes."),
    }
    return OwedCall(chat_id, "sendDocument", params)


def draft_will_go(chat_id: int, one: OwnDraft, words: Words) -> OwedCall:
    """A week before an idle draft goes."""
    days = DRAFT_WARNING_MS // DAY_MS
    sentence = words.count(
        "**A draft of yours goes in {n} day,** since it was not changed for long. Change anything"
        " in it, and it stays.",
        "**A draft of yours goes in {n} days,** since it was not changed for long. Change anything"
        " in it, and it stays.",
        days,
    )
    told: list[Paragraph] = [(plain(draft_name(one.name, words)),), *parse(sentence)]
    keyboard = [
        [draft_button(words.say("Open"), DraftVerb.PAGE, one.draft_id)],
        [
            draft_button(words.say("Download"), DraftVerb.DOWNLOAD, one.draft_id),
            draft_button(words.say("Delete"), DraftVerb.DELETE, one.draft_id),
        ],
    ]
    return html_message(chat_id, to_html(told), keyboard)
