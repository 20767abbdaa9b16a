"""From updates to use cases: each handler parses, makes one call, and outcomes the Outcome."""

from bot.routes import (
    administration,
    daily,
    flags,
    free_text,
    group_settings,
    leaderboard_and_results,
    membership,
    poll_updates,
    posts,
    private_buttons,
    private_commands,
    route_errors,
)
from bot.services import App


def add_handlers(application: App) -> None:
    """Register every handler; the first that fits an update takes it, and the last fits all."""
    for module in (
        *(poll_updates, private_commands, administration, group_settings, daily, flags),
        *(leaderboard_and_results, posts, private_buttons, membership, free_text),
    ):
        application.add_handlers(module.HANDLERS)
    application.add_error_handler(route_errors.leave_error)
