"""From updates to use cases: each handler parses, makes one call, and deposits the Outcome."""

from bot.context import App
from bot.handlers import buttons, commands, daily, errors, membership, others, polls


def add_handlers(application: App) -> None:
    """Register every handler; the first that fits an update takes it, and the last fits all."""
    for module in (polls, commands, daily, buttons, membership, others):
        application.add_handlers(module.HANDLERS)
    application.add_error_handler(errors.deposit_error)
