"""A draft as learners would meet the case: the real polls, closed, and the explanation."""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.cases.case_view import Destination, next_question, opening
from bot.features.cases.explanation_view import for_everybody
from bot.features.shared.messages import in_pages
from content.snapshot import Snapshot
from storage.outcome import DraftShown, OwedCall

QUESTIONS_SHOWN: Final = 3
"""More of a case would bury its page."""


def preview(chat_id: int, draft_id: int, snapshot: Snapshot, words: Words) -> list[OwedCall]:
    """What learners would be sent, of so many questions; nobody can vote in it, nothing counts."""
    case, place = snapshot.case, Destination(0, chat_id)
    calls: list[OwedCall] = []
    for position in range(min(len(case.questions), QUESTIONS_SHOWN)):
        asked = (
            opening(snapshot, place)
            if position == 0
            else next_question(snapshot, position, place, words)
        )
        calls += _as_preview(asked)
        calls += in_pages(chat_id, for_everybody(case, position, words))
    return [replace(call, draft=DraftShown(draft_id, page=False)) for call in calls]


def _as_preview(calls: Iterable[OwedCall]) -> list[OwedCall]:
    """As it is, but closed, and belonging to no post; nothing replies to anything."""
    return [
        replace(
            call,
            poll=None,
            about=None,
            reply_to=None,
            params=(
                {**call.params, "is_closed": True} if call.method == "sendPoll" else call.params
            ),
        )
        for call in calls
    ]
