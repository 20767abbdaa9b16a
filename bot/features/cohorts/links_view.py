"""The links of a cohort, as its educators see them and pass them on."""

from typing import Final

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.cohorts.cohort_buttons import CohortVerb, button
from bot.features.cohorts.cohort_names import day_of, headline
from bot.features.shared.file_messages import qr_message
from bot.features.shared.messages import html_message, in_rows
from content.markup import plain, to_html
from storage.cohorts import Cohort, CohortLink
from storage.outcome import OwedCall

HOW_MANY: Final = (20, 50, 200, 2000)
"""How many may join by a link, to choose from."""


class LinkShown(Struct, frozen=True):
    """The link by which members join a cohort, if it has one; ``zone`` is the cohort's."""

    link: CohortLink | None
    address: str
    zone: str
    now: int

    @property
    def ended(self) -> bool:
        """Whether nobody joins by it any more, however many did."""
        return self.link is None or self.now >= self.link.ends_at


def link_lines(shown: LinkShown, words: Words) -> str:
    """The link, until when it is good, and for how many."""
    link = shown.link
    if link is None or shown.ended:
        return words.say("There is no link by which somebody could join: make a new one.")
    many = words.say("{n} of {most} have joined by it.", n=link.uses, most=link.most)
    until = words.say("It ends on {date}.", date=day_of(link.ends_at, shown.zone, words))
    return f"{shown.address}\n{many} {until}"


def how_many(chat_id: int, cohort: Cohort, words: Words) -> OwedCall:
    """How many may join by the link?"""
    asked = words.say("How many people may join by its link?")
    head = (headline(cohort.title, words), plain(f"\n{asked}"))
    buttons = [button(str(most), CohortVerb.MOST, cohort.id, most) for most in HOW_MANY]
    back = button(words.say("Back"), CohortVerb.SHOW, cohort.id)
    return html_message(chat_id, to_html([head]), [*in_rows(buttons, 4), [back]])


def qr_code(chat_id: int, title: str, shown: LinkShown, words: Words) -> OwedCall:
    """The link and its QR code, to be shown or passed on; drawn when it is sent."""
    html = to_html([(headline(title, words),), (plain(link_lines(shown, words)),)])
    return qr_message(chat_id, shown.address, html, instead=html)


def educator_link(
    chat_id: int, title: str, shown: LinkShown, words: Words, *, hands_over: bool
) -> OwedCall:
    """A link for one educator, to be passed on."""
    ends_at = 0 if shown.link is None else shown.link.ends_at
    date = day_of(ends_at, shown.zone, words)
    if hands_over:
        sentence = words.say(
            "Send this link to the educator who is to take the cohort over. It works once, until"
            " {date}; when it is used you no longer teach the cohort. Its members are told.",
            date=date,
        )
    else:
        sentence = words.say(
            "Send this link to the educator who is to teach the cohort with you. It works once,"
            " until {date}. Its members are told.",
            date=date,
        )
    head = (headline(title, words), plain(f"\n{sentence}"))
    return html_message(chat_id, to_html([head, (plain(shown.address),)]))
