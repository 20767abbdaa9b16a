"""From updates to rules: each route reads one, makes one call, and leaves its Outcome."""

from bot.routes import (
    administration,
    assignments,
    cohorts,
    daily,
    edited_messages,
    finding,
    flags,
    free_text,
    group_settings,
    item_cards,
    leaderboard_and_results,
    live_phones,
    live_rounds,
    membership_changes,
    poll_updates,
    posts,
    practice,
    private_buttons,
    private_commands,
    published_cases,
    refs_command,
    review,
    reviewing,
    roles,
    route_errors,
    writing,
)
from bot.services import App


def add_routes(application: App) -> None:
    """Register every route; the first that fits an update takes it, and the last fits all."""
    for module in (
        edited_messages,  # before all that would take them for new ones
        poll_updates,
        private_commands,
        administration,
        group_settings,
        daily,
        finding,
        flags,
        cohorts,
        item_cards,
        published_cases,
        reviewing,
        roles,
        writing,
        review,
        refs_command,
        leaderboard_and_results,
        posts,
        practice,
        assignments,
        live_rounds,
        live_phones,
        private_buttons,
        membership_changes,
        free_text,
    ):
        application.add_handlers(module.HANDLERS)
    application.add_error_handler(route_errors.leave_error)
