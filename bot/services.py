"""What a handler is given besides the update: services, and a place for its Outcome."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, cast

from msgspec import Struct
from telegram import Update
from telegram.ext import Application, CallbackContext, ContextTypes, ExtBot

from bot.base.clock import Clock
from bot.base.i18n import Languages
from bot.base.ids import PostIds
from bot.deposits import Deposits
from bot.features.library.reload_requests import ReloadRequests
from bot.settings import Settings
from bot.telegram.administrators import Rights
from content.library import Library
from storage.outcome import Outcome
from storage.store import Store


class Arrival(Struct, frozen=True):
    """When a batch of updates came: UTC milliseconds. ``fresh``: it did not wait in a backlog."""

    received_at: int
    fresh: bool


@dataclass(slots=True)
class Services:
    """Everything that handlers and use cases share. ``arrival`` is that of the batch in hand.

    ``library`` is replaced as a whole, and never while a batch is worked on; at a start it is
    ``coming``, and there before anything is fetched. ``bot_username`` and ``rights`` are known once
    Telegram has answered for the first time.
    """

    settings: Settings
    clock: Clock
    store: Store
    library: Library
    languages: Languages
    deposits: Deposits
    arrival: Arrival
    bot_username: str = ""
    rights: Rights = field(init=False)
    post_ids: PostIds = field(default_factory=PostIds)
    flag_ids: PostIds = field(default_factory=PostIds)
    reload_requests: ReloadRequests = field(default_factory=ReloadRequests)
    coming: "asyncio.Task[Library] | None" = None


Bot = ExtBot[None]
App = Application[Bot, "Context", dict[Any, Any], dict[Any, Any], Services, None]


class Context(CallbackContext[Bot, dict[Any, Any], dict[Any, Any], Services]):
    """A callback context that knows its update's id."""

    update_id: int

    @classmethod
    def from_update(cls, update: object, application: App) -> "Context":
        """Make the context of one update."""
        context = super().from_update(update, application)
        context.update_id = cast("Update", update).update_id
        return context

    @property
    def services(self) -> Services:
        """The shared services."""
        return self.bot_data

    def deposit(self, outcome: Outcome) -> None:
        """Leave what the update came to; intake commits it."""
        self.bot_data.deposits.put(self.update_id, outcome)


CONTEXT_TYPES = ContextTypes(context=Context)
