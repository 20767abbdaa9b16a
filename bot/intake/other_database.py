"""Answers to what another database of this bot has posted: they belong there."""

from collections.abc import Iterator
from typing import Any

from bot.features.shared.question_buttons import ANSWER, WHY
from bot.intake.votes import is_vote
from bot.services import Services
from bot.telegram.batches import OtherCopyError
from bot.telegram.raw_updates import PRESS, RawUpdate

_OTHER = (
    "People answer cases that this bot has posted, but not from this database, which is new:"
    " another one is this bot's, and nothing was taken from it. Run the bot with that database; if"
    " it is lost for good, begin anew with `morning-report run --fresh`."
)


async def ensure_ours(services: Services) -> None:
    """End where people answer posts, but this database has none. Raises OtherCopyError."""
    if not (await services.store.polls.has_posts() or await services.store.begun_anew()):
        raise OtherCopyError(_OTHER)


def answers_a_post(update: RawUpdate) -> bool:
    """Whether somebody voted in a poll of the bot's, or pressed a button under a case.

    What the pressed message shows counts, not what the press says, which anybody can make up.
    """
    poll = update.get("poll")
    voted = is_vote(update) or (isinstance(poll, dict) and isinstance(poll.get("id"), str))
    return voted or any(map(_of_a_post, _buttons(update.get(PRESS))))


def _of_a_post(data: object) -> bool:
    return isinstance(data, str) and data.startswith((ANSWER, WHY))


def _buttons(press: Any) -> Iterator[object]:
    try:
        rows = press["message"]["reply_markup"]["inline_keyboard"]
        yield from (button.get("callback_data") for row in rows for button in row)
    except (TypeError, KeyError, AttributeError):
        return
