"""The doctor: is all well with the bot, and what is to be done."""

import asyncio
from collections.abc import Iterable
from typing import Annotated

import typer
from rich.text import Text

from bot.base.logs import set_up_logging
from bot.base.user_error import UserError
from bot.commands.terminal import app, console
from bot.operations.doctor_machine import machine_side
from bot.operations.doctor_screen import screen_side
from bot.operations.doctor_telegram import remove_webhook, telegram_side
from bot.operations.findings import Finding, Gravity, problem
from bot.settings import PREFIX, SettingsError, read_settings

_COLOURS = {Gravity.OK: "green", Gravity.WARNING: "yellow", Gravity.PROBLEM: "bold red"}


@app.command()
def doctor(
    remove: Annotated[
        bool,
        typer.Option(
            "--remove-webhook", help="Take the bot's webhook away; waiting updates are kept."
        ),
    ] = False,
) -> None:
    """Examine the bot, Telegram's view of it, and this machine; exit 1 if there is a problem."""
    settings = read_settings()
    token, found = None, list[Finding]()
    try:
        token = settings.bot_token()
        if token is None:
            advice = f"BotFather gives one (/newbot); put it into {PREFIX}TOKEN"
            found.append(problem("token", "none is set", advice))
    except SettingsError as error:
        found.append(problem("token", str(error), "nothing can be asked of Telegram without it"))
    set_up_logging("ERROR", token, settings.timezone)
    if token is not None:
        ask = remove_webhook if remove else telegram_side
        try:
            found += asyncio.run(ask(settings, token))
        except UserError as error:
            found.append(problem("telegram", "it cannot be asked", str(error)))
    failed = _show(found)
    if not remove:
        bot_id = None if token is None else int(token.partition(":")[0])
        failed |= _show(machine_side(settings, bot_id))
        failed |= _show(asyncio.run(screen_side(settings)))
    raise typer.Exit(1 if failed else 0)


def _show(findings: Iterable[Finding]) -> bool:
    """A line each, as it is found; tells whether any is a problem."""
    failed = False
    for finding in findings:
        failed |= finding.grade is Gravity.PROBLEM
        advice = f" -> {finding.advice}" if finding.advice else ""
        line = Text.assemble(
            (f"{finding.grade:8} ", _COLOURS[finding.grade]),
            (f"{finding.about:10}", "bold"),
            f"{finding.said}{advice}",
        )
        console.print(line, soft_wrap=True)
    return failed
