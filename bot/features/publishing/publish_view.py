"""Before a case is published: what still keeps it, and what stays once it is."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.drafts.draft_buttons import DraftVerb, draft_button
from bot.features.drafts.findings_view import finding_text, part_label
from bot.features.shared.messages import Button, html_message
from bot.features.shared.written_words import in_brief
from content.drafting import DraftFinding
from content.markup import Paragraph, Run, parse, plain, to_html
from storage.outcome import OwedCall

_MOST_LISTED: Final = 8
_LONGEST = 200  # characters


class ToPublish(Struct, frozen=True):
    """A case that can be published, as its author is shown it before."""

    draft_id: int
    title: str
    authors: str
    licence: str
    language: str


def not_yet(chat_id: int, draft_id: int, errors: Sequence[DraftFinding], words: Words) -> OwedCall:
    """What has to be mended first, in a list."""
    head = words.count(
        "**{n} thing keeps it** from being published:",
        "**{n} things keep it** from being published:",
        len(errors),
    )
    told: list[Paragraph] = [*parse(head)]
    told += [
        (
            Run(f"❗ {part_label(one, words)}", bold=True),
            plain(in_brief(finding_text(one, words), _LONGEST)),
        )
        for one in errors[:_MOST_LISTED]
    ]
    if more := len(errors) - len(told) + 1:
        told += parse(words.count("And {n} more.", "And {n} more.", more))
    keyboard = [
        [draft_button(words.say("Go on: what is missing"), DraftVerb.NEXT, draft_id)],
        [draft_button(words.say("The whole draft"), DraftVerb.PAGE, draft_id)],
    ]
    return html_message(chat_id, to_html(told), keyboard)


def publish_question(chat_id: int, case: ToPublish, words: Words) -> OwedCall:
    """Asks once, and says what stays."""

    def change(label: str, part: str) -> Button:
        return draft_button(label, DraftVerb.PART, case.draft_id, 0, part)

    facts = (
        words.labelled(words.say("Author"), in_brief(case.authors, _LONGEST)),
        words.labelled(words.say("Licence"), case.licence),
        words.labelled(words.say("Case language"), case.language),
    )
    sentence = words.say(
        "It comes into use for all learners, marked as not yet reviewed by a clinician unless one"
        " has signed exactly this. You can change or withdraw it later by /drafts; what learners"
        " were sent until then stays as it was.\n\n"
        "**What stays:** the case stays published, with this name, also when you have everything"
        " about you erased by /forget. Publish nothing by which a patient can be known."
    )
    head = words.say("Publish:")
    title = words.isolated(in_brief(case.title, _LONGEST))
    told: list[Paragraph] = [
        (Run(f"{head} {title}", bold=True),),
        (plain("\n".join(facts)),),
        *parse(sentence),
    ]
    keyboard = [
        [draft_button(words.say("Publish it now"), DraftVerb.PUBLISHED, case.draft_id)],
        [
            change(words.say("Author"), "authors"),
            change(words.say("Licence"), "licence"),
            change(words.say("Case language"), "language"),
        ],
        [draft_button(words.say("Not yet"), DraftVerb.PAGE, case.draft_id)],
    ]
    return html_message(chat_id, to_html(told), keyboard)
