"""Votes, and what Telegram tells about polls."""

from collections.abc import Sequence

from telegram import Poll, Update
from telegram.ext import PollHandler

from bot.context import Arrival, Context, Services
from bot.fingerprint import poll_fingerprint
from bot.updates import RawUpdate, is_id, person_of
from bot.usecases.answering import Vote, answer_all
from bot.usecases.visiting import Visitor
from bot.usecases.watching import SeenPoll, watch
from storage.outcome import NOTHING, Outcome


async def votes(services: Services, updates: Sequence[RawUpdate]) -> list[Outcome | Exception]:
    """What these votes and withdrawals come to, in their order; each has its error for itself.

    They are most of all updates, and come in crowds: hence read from the raw update, and together.
    Raises StorageError.
    """
    read = [_vote(update, services.arrival) for update in updates]
    outcomes = await answer_all(services, [vote for vote in read if isinstance(vote, Vote)])
    answered = iter(outcomes)
    return [next(answered) if isinstance(vote, Vote) else vote for vote in read]


def _vote(update: RawUpdate, arrival: Arrival) -> Vote | Outcome | ValueError:
    """The vote; nothing, where a chat (an anonymous administrator) voted, which is nobody."""
    match update.get("poll_answer"):
        case {"voter_chat": _}:
            return NOTHING
        case {"poll_id": str(poll_id), "option_ids": [*options], "user": {**user}} if (
            person_id := person_of(update)
        ) is not None and all(map(is_id, options)):
            language = user.get("language_code")
            known = language if isinstance(language, str) else None
            return Vote(
                update["update_id"],
                poll_id,
                Visitor(person_id, known),
                tuple(options),
                arrival.received_at,
                arrival.fresh,
            )
    return ValueError("this is not a vote")


async def poll(update: Update, context: Context) -> None:
    """A poll's new state."""
    seen = update.poll
    if seen is None:
        context.deposit(NOTHING)
        return
    totals = tuple(option.voter_count for option in seen.options)
    state = SeenPoll(
        seen.id,
        fingerprint_of(seen),
        seen.is_closed,
        seen.is_anonymous,
        totals,
        seen.total_voter_count,
    )
    context.deposit(await watch(context.services, state))


def fingerprint_of(seen: Poll) -> str:
    """The fingerprint of a poll as Telegram shows it."""
    options = [option.text for option in seen.options]
    return poll_fingerprint(seen.question, options, seen.correct_option_ids or ())


HANDLERS = (PollHandler(poll),)
