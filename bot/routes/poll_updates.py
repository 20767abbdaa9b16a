"""Votes, and what Telegram tells about polls."""

from telegram import Poll, Update
from telegram.ext import PollHandler

from bot.features.posts.poll_changed import SeenPoll, watch
from bot.services import Context
from bot.telegram.poll_fingerprint import poll_fingerprint
from storage.outcome import NOTHING


async def poll(update: Update, context: Context) -> None:
    """A poll's new state."""
    seen = update.poll
    if seen is None:
        context.leave(NOTHING)
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
    context.leave(await watch(context.services, state))


def fingerprint_of(seen: Poll) -> str:
    """The fingerprint of a poll as Telegram shows it."""
    options = [option.text for option in seen.options]
    return poll_fingerprint(seen.question, options, seen.correct_option_ids or ())


HANDLERS = (PollHandler(poll),)
