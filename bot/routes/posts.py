"""Commands in groups, and the buttons under a chat's questions."""

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.features.membership import notices_view
from bot.features.membership.join_chat import move
from bot.features.posts import post_replies_view
from bot.features.posts.ask_for_case import Request, ask
from bot.features.posts.explain import point_to
from bot.features.posts.tap_choice import Tap, tap
from bot.features.shared import texts
from bot.features.shared.messages import replying
from bot.features.shared.question_buttons import ANSWER, WHY, QuestionRef
from bot.routes import administration, private_commands
from bot.routes.reading_updates import seen_chat, speaks_for_chat, topic_of, visit, visitor
from bot.services import Context
from storage.outcome import NOTHING, Outcome, OwedCall


async def case(update: Update, context: Context) -> None:
    """`/case`: a case for the whole group."""
    message, user = update.message, update.effective_user
    if message is None or user is None:
        context.leave(NOTHING)
        return
    request = Request(
        seen_chat(message.chat),
        visitor(user),
        message.message_id,
        topic_of(message),
        " ".join(context.args or ()),
        speaks_for_chat(message),
    )
    context.leave(await ask(context.services, request))


async def hello(update: Update, context: Context) -> None:
    """`/start` and `/help`: what the bot does in groups."""
    message, user = update.message, update.effective_user
    if message is not None and user is not None:
        who = await visit(user, context)
        context.leave(_answer(message, notices_view.hello(message.chat.id, who.words)))


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


async def tapped(update: Update, context: Context) -> None:
    """A choice, tapped under a post."""
    query = update.callback_query
    if query is None:
        context.leave(NOTHING)
        return
    who = await visit(query.from_user, context)
    text, _, choice = (query.data or "").removeprefix(ANSWER).rpartition(":")
    ref = QuestionRef.parse(text)
    is_choice = choice.isdecimal() and choice.isascii()
    at = query.message
    # None stands in private: whoever knows a question's number would answer where they are not.
    if ref is None or not is_choice or at is None or at.chat.type == ChatType.PRIVATE:
        context.leave(Outcome(toast=texts.old_button(who.words)))
        return
    press = Tap(ref, int(choice), at.chat.id, at.message_id)
    context.leave(await tap(context.services, who, press))


async def why(update: Update, context: Context) -> None:
    """The explanation, asked for under a question."""
    query = update.callback_query
    if query is None:
        context.leave(NOTHING)
        return
    who = await visit(query.from_user, context)
    ref = QuestionRef.parse((query.data or "").removeprefix(WHY))
    if ref is None:
        context.leave(Outcome(toast=texts.old_button(who.words)))
    else:
        context.leave(await point_to(context.services, who, ref))


def _for_us(message: Message, username: str) -> bool:
    """Whether it names this bot; or no bot, and is known here: `/ban` is some other bot's."""
    command, at, addressee = next(iter((message.text or "").split()), "").partition("@")
    if at:
        return addressee.lower() == username.lower()
    return command.removeprefix("/").lower() in _OURS


def _answer(message: Message, line: OwedCall) -> Outcome:
    return Outcome(owed=(replying(line, message.message_id),))


_OURS = frozenset(one.name for one in (*private_commands.COMMANDS, *administration.COMMANDS))
_IN_GROUPS = filters.UpdateType.MESSAGE & filters.ChatType.GROUPS

HANDLERS = (
    CommandHandler("case", case, _IN_GROUPS),
    CommandHandler(("start", "help"), hello, _IN_GROUPS),
    MessageHandler(_IN_GROUPS & filters.StatusUpdate.MIGRATE, moved),
    MessageHandler(_IN_GROUPS & filters.COMMAND, other_command),
    CallbackQueryHandler(tapped, pattern=f"^{ANSWER}"),
    CallbackQueryHandler(why, pattern=f"^{WHY}"),
)
