"""From updates to use cases: each handler parses, makes one call, and deposits the Outcome."""

from bot.routes import (
    administration,
    chat_settings,
    daily,
    flags,
    free_text,
    membership,
    polls,
    posts,
    private_buttons,
    private_commands,
    results,
    route_errors,
)
from bot.services import App


def add_handlers(application: App) -> None:
    """Register every handler; the first that fits an update takes it, and the last fits all."""
    for module in (
        *(polls, private_commands, administration, chat_settings, daily, flags, results),
        *(posts, private_buttons, membership, free_text),
    ):
        application.add_handlers(module.HANDLERS)
    application.add_error_handler(route_errors.deposit_error)
