"""Votes read from raw updates: they are most of all updates, and come in crowds."""

from collections.abc import Sequence

from msgspec import Struct, ValidationError, convert

from bot.features.cases.answer import Vote, answer_all
from bot.features.shared.visitors import Visitor
from bot.services import Services
from bot.telegram.batches import Arrival
from bot.telegram.raw_updates import VOTE, Id, RawUpdate
from storage.outcome import NOTHING, Outcome


class _Voter(Struct):
    id: Id
    language_code: object = None


class _PollAnswer(Struct):
    poll_id: str
    option_ids: tuple[Id, ...]
    user: _Voter | None = None
    voter_chat: object = None


async def outcomes_of_votes(
    services: Services, updates: Sequence[RawUpdate]
) -> list[Outcome | Exception]:
    """What these votes and withdrawals come to, in their order; each has its error for itself.

    They are most of all updates, and come in crowds: hence read from the raw update, and together.
    Raises StorageError.
    """
    read = [_vote(update, services.arrival) for update in updates]
    outcomes = await answer_all(services, [vote for vote in read if isinstance(vote, Vote)])
    answered = iter(outcomes)
    return [next(answered) if isinstance(vote, Vote) else vote for vote in read]


def is_vote(update: RawUpdate) -> bool:
    """Whether this is somebody's vote, or its withdrawal, as Telegram tells of it."""
    return _read(update) is not None


def _read(update: RawUpdate) -> _PollAnswer | None:
    try:
        return convert(update.get(VOTE), _PollAnswer)
    except ValidationError:
        return None


def _vote(update: RawUpdate, arrival: Arrival) -> Vote | Outcome | ValueError:
    """The vote; nothing, where a chat (an anonymous administrator) voted, which is nobody."""
    answer = _read(update)
    if answer is None:
        return ValueError("this is not a vote")
    if answer.voter_chat is not None:
        return NOTHING
    if answer.user is None:
        return ValueError("this is not a vote")
    language = answer.user.language_code
    return Vote(
        update["update_id"],
        answer.poll_id,
        Visitor(answer.user.id, language if isinstance(language, str) else None),
        answer.option_ids,
        arrival.received_at,
        arrival.fresh,
    )
