"""From updates to use cases: each handler parses, makes one call, and deposits the Outcome."""

from bot.context import App
from bot.handlers import (
    administration,
    buttons,
    commands,
    daily,
    errors,
    flags,
    groups,
    membership,
    others,
    polls,
    results,
    settings,
)


def add_handlers(application: App) -> None:
    """Register every handler; the first that fits an update takes it, and the last fits all."""
    for module in (
        *(polls, commands, administration, settings, daily, flags, results),
        *(groups, buttons, membership, others),
    ):
        application.add_handlers(module.HANDLERS)
    application.add_error_handler(errors.deposit_error)
