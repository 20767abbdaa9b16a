"""Votes, and what Telegram tells about polls."""

from telegram import Poll, Update
from telegram.ext import PollAnswerHandler, PollHandler

from bot.context import Context
from bot.fingerprint import poll_fingerprint
from bot.handlers.parsing import visitor
from bot.usecases.answering import Vote, answer
from bot.usecases.watching import SeenPoll, watch
from storage.outcome import NOTHING


async def poll_answer(update: Update, context: Context) -> None:
    """A vote or its withdrawal. A chat's vote (an anonymous administrator's) is nobody's."""
    vote = update.poll_answer
    if vote is None or vote.user is None or vote.voter_chat is not None:
        context.deposit(NOTHING)
        return
    arrival = context.services.arrival
    context.deposit(
        await answer(
            context.services,
            Vote(
                update.update_id,
                vote.poll_id,
                visitor(vote.user),
                tuple(vote.option_ids),
                arrival.received_at,
                arrival.fresh,
            ),
        )
    )


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


HANDLERS = (PollAnswerHandler(poll_answer), PollHandler(poll))
