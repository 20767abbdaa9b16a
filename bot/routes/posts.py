"""Commands in groups, and the buttons under a chat's questions."""

from telegram import CallbackQuery, Message, Update
from telegram.ext import MessageHandler, filters

from bot.features.live import join_round_view
from bot.features.live.join_round import as_code
from bot.features.membership import notices_view
from bot.features.membership.join_chat import may_write_again, move
from bot.features.posts import post_replies_view
from bot.features.posts.ask_for_case import Request, ask
from bot.features.posts.explain import point_to
from bot.features.posts.second_copy import StandingPoll, found_copy
from bot.features.posts.tap_choice import Tap, tap
from bot.features.shared import texts
from bot.features.shared.buttons import LIVE_LINK, live_link
from bot.features.shared.messages import replying
from bot.features.shared.question_buttons import ANSWER, SUBMIT, WHY, QuestionRef
from bot.features.shared.visitors import Visit
from bot.routes import administration, private_commands
from bot.routes.poll_updates import fingerprint_of
from bot.routes.reading_updates import (
    IN_GROUPS,
    command,
    press,
    seen_chat,
    speaks_for_chat,
    topic_of,
    visit,
)
from bot.services import Context, Services
from storage.outcome import NOTHING, Outcome, OwedCall


async def case(services: Services, who: Visit, message: Message, argument: str) -> Outcome:
    """`/case`: a case for the whole group."""
    request = Request(
        seen_chat(message.chat),
        who.visitor,
        message.message_id,
        topic_of(message),
        argument,
        speaks_for_chat(message),
    )
    return await ask(services, request)


async def hello(services: Services, who: Visit, message: Message, argument: str) -> Outcome:
    """`/start` and `/help`: what the bot does in groups."""
    if argument.startswith(LIVE_LINK):
        code = as_code(argument.removeprefix(LIVE_LINK)) or ""
        url = live_link(services.bot_username, code)
        return _answer(message, join_round_view.in_private(message.chat.id, url, who.words))
    return _answer(message, notices_view.hello(message.chat.id, who.words))


async def other_command(update: Update, context: Context) -> None:
    """A command of the private chat gets a line; one for another bot, silence."""
    message, user = update.message, update.effective_user
    username = context.services.bot_username
    if message is None or user is None or not _for_us(message, username):
        context.leave(NOTHING)
        return
    words = (await visit(user, context)).words
    context.leave(
        _answer(message, post_replies_view.private_only(message.chat.id, username, words))
    )


async def moved(update: Update, context: Context) -> None:
    """The group became a supergroup, told in the old chat and in the new one."""
    message = update.message
    if message is None:
        context.leave(NOTHING)
    elif message.migrate_to_chat_id is not None:
        context.leave(move(message.chat.id, message.migrate_to_chat_id))
    elif message.migrate_from_chat_id is not None:
        context.leave(move(message.migrate_from_chat_id, message.chat.id))


async def topic_opened(update: Update, context: Context) -> None:
    """A topic of a forum was opened again; the one for everything has no number."""
    message = update.message
    outcome = NOTHING
    if message is not None:
        outcome = may_write_again(context.services, message.chat.id, topic_of(message))
    context.leave(outcome)


async def tapped(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """A choice, tapped under a post."""
    text, _, choice = (query.data or "").removeprefix(ANSWER).rpartition(":")
    if not (choice.isdecimal() and choice.isascii()):
        return Outcome(toast=texts.old_button(who.words))
    return await _tapped(services, who, query, text, int(choice))


async def submitted(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """What was marked under a post is the answer."""
    return await _tapped(services, who, query, (query.data or "").removeprefix(SUBMIT), None)


async def _tapped(
    services: Services, who: Visit, query: CallbackQuery, text: str, choice: int | None
) -> Outcome:
    ref, at = QuestionRef.parse(text), query.message
    if ref is None or at is None:
        return Outcome(toast=texts.old_button(who.words))
    return await tap(services, who, Tap(ref, choice, at.chat.id, at.message_id))


async def why(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """The explanation, asked for under a question."""
    ref = QuestionRef.parse((query.data or "").removeprefix(WHY))
    if ref is None:
        return Outcome(toast=texts.old_button(who.words))
    return await _copy_under(services, ref, query) + await point_to(services, who, ref)


async def _copy_under(services: Services, ref: QuestionRef, query: CallbackQuery) -> Outcome:
    at = query.message
    if not isinstance(at, Message) or at.poll is None:
        return NOTHING
    poll = at.poll
    seen = StandingPoll(at.chat.id, at.message_id, poll.id, fingerprint_of(poll), poll.is_closed)
    return await found_copy(services, ref, seen)


def _for_us(message: Message, username: str) -> bool:
    """Whether it names this bot; or no bot, and is known here: `/ban` is some other bot's."""
    command, at, addressee = next(iter((message.text or "").split()), "").partition("@")
    if at:
        return addressee.lower() == username.lower()
    return command.removeprefix("/").lower() in _OURS


def _answer(message: Message, line: OwedCall) -> Outcome:
    return Outcome(owed=(replying(line, message.message_id),))


_OURS = frozenset(one.name for one in (*private_commands.COMMANDS, *administration.COMMANDS))

HANDLERS = (
    command("case", case, IN_GROUPS),
    command(("start", "help"), hello, IN_GROUPS),
    MessageHandler(IN_GROUPS & filters.StatusUpdate.MIGRATE, moved),
    MessageHandler(
        IN_GROUPS
        & (
            filters.StatusUpdate.FORUM_TOPIC_REOPENED
            | filters.StatusUpdate.GENERAL_FORUM_TOPIC_UNHIDDEN
        ),
        topic_opened,
    ),
    MessageHandler(IN_GROUPS & filters.COMMAND, other_command),
    press(tapped, f"^{ANSWER}"),
    press(submitted, f"^{SUBMIT}"),
    press(why, f"^{WHY}"),
)
