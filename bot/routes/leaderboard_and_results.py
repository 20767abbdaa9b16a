"""Leaderboard, results and report in groups: the commands, and the buttons under a leaderboard."""

from telegram import CallbackQuery, Message
from telegram.constants import ChatType
from telegram.ext import filters

from bot.features.leaderboard import leaderboard as board
from bot.features.leaderboard import leaderboard_view
from bot.features.membership.join_chat import known_chat
from bot.features.settings.channels import results_of_channels
from bot.features.settings.group_results import report_of_group, results_of_group
from bot.features.shared.served_chat import ServedChat, served_chat
from bot.features.shared.texts import old_button, only_in_groups
from bot.features.shared.visitors import Visit, said
from bot.routes.reading_updates import (
    IN_GROUPS,
    answering,
    command,
    press,
    seen_chat,
    speaks_for_chat,
)
from bot.services import Services
from storage.outcome import NOTHING, Outcome


async def leaderboard(services: Services, who: Visit, message: Message, _argument: str) -> Outcome:
    """`/leaderboard`, by anybody."""
    served, joined = await _served(services, who, message)
    call = await board.leaderboard(services, served)
    return joined + answering(Outcome(owed=(call,)), message)


async def case_results(services: Services, who: Visit, message: Message, argument: str) -> Outcome:
    """`/results`, by an administrator."""
    served, joined = await _served(services, who, message)
    visit = None if speaks_for_chat(message) else who
    return joined + answering(await results_of_group(services, served, visit, argument), message)


async def report(services: Services, who: Visit, message: Message, _argument: str) -> Outcome:
    """`/report`, by an administrator."""
    served, joined = await _served(services, who, message)
    visit = None if speaks_for_chat(message) else who
    return joined + answering(await report_of_group(services, served, visit), message)


async def press_leaderboard(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """A press under a leaderboard: "Show my name", "Hide my name", "Where am I?"."""
    message = query.message
    if not isinstance(message, Message):
        return NOTHING
    if message.chat.type == ChatType.PRIVATE or not _is_leaderboard(message):
        # Somebody made this up: no leaderboard stands there, and none is to take its place.
        return Outcome(toast=old_button(who.words))
    served, joined = await _served(services, who, message)
    if query.data == leaderboard_view.BOARD + leaderboard_view.ME:
        return joined + await board.own_place(services, who, served)
    show = query.data == leaderboard_view.BOARD + leaderboard_view.SHOW
    chosen = board.NamePress(message.message_id, query.from_user.first_name, show)
    return joined + await board.choose_name(services, who, served, chosen)


async def leaderboard_in_private(
    _services: Services, who: Visit, _message: Message, _text: str
) -> Outcome:
    """A leaderboard where there is no group."""
    return said(who, only_in_groups(who.person_id, who.words))


async def results_in_private(
    services: Services, who: Visit, _message: Message, _text: str
) -> Outcome:
    """`/results` in private: those of the person's channels."""
    return await results_of_channels(services, who)


def _is_leaderboard(message: Message) -> bool:
    """Whether a message of the bot's has a leaderboard's buttons."""
    rows = () if message.reply_markup is None else message.reply_markup.inline_keyboard
    return any(
        button.callback_data == leaderboard_view.BOARD + leaderboard_view.SHOW
        for row in rows
        for button in row
    )


async def _served(services: Services, who: Visit, message: Message) -> tuple[ServedChat, Outcome]:
    known, joined = await known_chat(services, seen_chat(message.chat), who.words)
    return served_chat(services, known), joined


HANDLERS = (
    command("leaderboard", leaderboard, IN_GROUPS),
    command("results", case_results, IN_GROUPS),
    command("report", report, IN_GROUPS),
    command("leaderboard", leaderboard_in_private, filters.ChatType.PRIVATE),
    command("results", results_in_private, filters.ChatType.PRIVATE),
    press(
        press_leaderboard,
        f"^{leaderboard_view.BOARD}"
        f"({leaderboard_view.SHOW}|{leaderboard_view.HIDE}|{leaderboard_view.ME})$",
    ),
)
