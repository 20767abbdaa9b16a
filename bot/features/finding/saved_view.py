"""Saved cases as buttons, and a case as a message to forward."""

from collections.abc import Sequence

from bot.base.i18n import Words
from bot.features.shared.buttons import case_button, case_link, what_next
from bot.features.shared.messages import html_message, message, press
from bot.features.shared.question_buttons import UNSAVE
from content.codes import case_code
from content.markup import Run, plain, to_html
from content.model import Case
from storage.outcome import OwedCall, Toast

_MOST = 45  # cases, two buttons each; Telegram takes about a hundred under one message


def saved(chat_id: int, cases: Sequence[Case], words: Words) -> OwedCall:
    """Each brings its case; the cross beside it takes it off the list."""
    if not cases:
        sentence = words.say("You have saved no case yet. “Save” stands under each explanation.")
        return message(chat_id, sentence, what_next(words))
    sentence = words.say("**Your saved cases.** ✕ takes one off.")
    if len(cases) > _MOST:
        sentence += " " + words.say("These are the latest {n}.", n=_MOST)
    rows = [
        (case_button(case.id, case.title), press("✕", UNSAVE + case_code(case.id)))
        for case in cases[:_MOST]
    ]
    return message(chat_id, sentence, rows)


def done(saves: bool, words: Words) -> Toast:
    """Whether the case is saved now."""
    if saves:
        return Toast(words.say("Saved. /saved lists your cases."))
    return Toast(words.say("No longer saved."))


def to_forward(chat_id: int, case: Case, username: str, words: Words) -> OwedCall:
    """For others, who see nothing but this message."""
    line = words.say("A clinical case to solve: {link}", link=case_link(username, case.id))
    return html_message(chat_id, to_html([(Run(case.title, bold=True),), (plain(line),)]))


def forward_it(words: Words) -> Toast:
    """What to do with it."""
    return Toast(words.say("Forward the message to whom you like."))
