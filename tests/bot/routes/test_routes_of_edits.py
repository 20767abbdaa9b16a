"""No route of new messages ever sees one that was edited."""

from typing import Any, cast

import pytest
from telegram import Update
from telegram.ext import BaseHandler, CommandHandler

from bot.routes import add_routes, edited_messages
from bot.services import App, Context


class Collected:
    """An Application in name, which keeps the handlers in their order."""

    def __init__(self) -> None:
        self.handlers: list[BaseHandler[Update, Context, None]] = []

    def add_handlers(self, handlers: Any) -> None:
        """More of them."""
        self.handlers += handlers

    def add_error_handler(self, _handler: Any) -> None:
        """Handles no update."""


@pytest.mark.parametrize("kind", ["edited_message", "edited_channel_post"])
def test_edits_are_taken_before_all_else(kind: str) -> None:
    """Commands of every kind and plain words, in any chat."""
    collected = Collected()
    add_routes(cast(App, collected))
    commands = [
        f"/{name}"
        for handler in collected.handlers
        if isinstance(handler, CommandHandler)
        for name in handler.commands
    ]
    assert len(commands) > 20
    for chat in ({"id": 7, "type": "private"}, {"id": -7, "type": "supergroup", "title": "Ward"}):
        for text in (*commands, "words"):
            message = {"message_id": 1, "date": 1, "edit_date": 2, "chat": chat, "text": text}
            update = Update.de_json({"update_id": 1, kind: message}, None)
            first = next(one for one in collected.handlers if one.check_update(update))
            assert first.callback is edited_messages.edited
