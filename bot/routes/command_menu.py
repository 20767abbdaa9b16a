"""Telling Telegram what the bot can do: its commands and its description, in every language."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from telegram import Bot

from bot.base.i18n import ENGLISH, Languages, Words
from bot.base.shutdown import Stop
from bot.routes import administration
from bot.routes.private_commands import COMMANDS, Command
from bot.telegram import bot_api

log = logging.getLogger(__name__)

_TRIES = 5


async def register(bot: Bot, languages: Languages, admins: Collection[int], stop: Stop) -> None:
    """Set commands and descriptions; trouble here is not worth stopping for.

    ``admins``: the bot's administrators, whose private chats list their commands too.
    """
    everybody = languages.words.values()
    for words in everybody:
        for method, params in _calls(words):
            if (refused := await _try(bot, method, params, stop)) is not None:
                log.warning("%s was refused: %s", method, refused)
    for admin in admins:
        for words in everybody:
            menu = _for_administrator(words, admin)
            if (refused := await _try(bot, "setMyCommands", menu, stop)) is not None:
                log.warning(
                    "An administrator cannot be told of trouble (%s): each of those whom"
                    " MORNING_REPORT_ADMINS names has to send /start to the bot once.",
                    refused,
                )
                break


def _calls(words: Words) -> Iterator[tuple[str, Mapping[str, Any]]]:
    language = _language(words)
    private = _listed(COMMANDS, words)
    members = {
        "case": words.say("A case for everybody here"),
        "refs": words.say("References of the case that closed last"),
        "leaderboard": words.say("Who has most points"),
    }
    administrators = members | {
        "results": words.say("How a case was answered here"),
        "report": words.say("How this group is doing"),
        "settings": words.say("What I post here, when and how"),
    }
    for scope, commands in (
        ("all_private_chats", private),
        ("all_group_chats", members),
        ("all_chat_administrators", administrators),
    ):
        yield "setMyCommands", _menu(commands, {"type": scope}) | language
    short = words.say("Short clinical cases with a question, a figure and an explanation.")
    yield "setMyShortDescription", {"short_description": short} | language
    description = words.say(
        "Short clinical cases: read the vignette, look at the figure, vote, and get the explanation"
        " with its references at once. For teaching only; not advice for the care of a patient."
    )
    yield "setMyDescription", {"description": description} | language


def _for_administrator(words: Words, admin: int) -> dict[str, Any]:
    commands = _listed((*COMMANDS, *administration.COMMANDS), words)
    return _menu(commands, {"type": "chat", "chat_id": admin}) | _language(words)


def _language(words: Words) -> dict[str, str]:
    """Without a language code a text is for everybody who has none of their own."""
    return {} if words.code == ENGLISH else {"language_code": words.code}


def _listed(commands: Iterable[Command], words: Words) -> dict[str, str]:
    return {command.name: command.description(words) for command in commands}


def _menu(commands: Mapping[str, str], scope: Mapping[str, object]) -> dict[str, Any]:
    listed = [{"command": name, "description": what} for name, what in commands.items()]
    return {"commands": listed, "scope": scope}


async def _try(bot: Bot, method: str, params: Mapping[str, Any], stop: Stop) -> str | None:
    """Why Telegram refuses a call; None where it does not, or cannot be asked."""
    for attempt in range(_TRIES):
        if stop:
            return None
        match await bot_api.call(bot, method, params):
            case bot_api.Done():
                return None
            case bot_api.TooMany(retry_after):
                await stop.pause(retry_after)
            case bot_api.NoAnswer():
                await stop.pause(2.0**attempt)
            case reply:
                return getattr(reply, "description", "401")
    return None
