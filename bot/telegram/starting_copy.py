"""A start: looking for another copy before anything is taken from it."""

import logging
import math
from collections.abc import Awaitable, Callable, Iterable

from msgspec import Struct
from telegram import Bot

from bot.base.clock import Clock
from bot.base.shutdown import Stop
from bot.telegram import bot_api
from bot.telegram.batches import Batch, OtherCopyError
from bot.telegram.long_polling import Fetcher
from bot.telegram.sole_copy import (
    WAIT_S,
    Watch,
    WatchEnd,
    ids_to_look_up,
    is_latest,
    is_restart,
    refused,
    seen,
)

log = logging.getLogger(__name__)

# For these this bot sets commands soon after each start, and BotFather never does.
_OURS_ALONE = {"type": "all_private_chats"}
_LOOK_AGAIN_S = 1.0  # seconds; within half of one Telegram would show one update at most
_ANOTHER = (
    "Another copy of this bot is at work, and stays; nothing was taken from it. End that one first,"
    " or give this one a token of its own (BotFather, /newbot)."
)
_BY_WEBHOOK = (
    "A webhook is set for this bot: another copy seems to get its updates by it. Stop that one; if"
    " there is none, take the webhook away with `morning-report doctor --remove-webhook`. Then"
    " start this one again."
)


class ThisCopy(Struct, frozen=True):
    """What a copy knows of itself.

    ``webhook``: the address that updates are to be posted to, if any; ``at_work_ago_ms``: how long
    ago the bot was at work with this database in its place, None where it never was;
    ``on_record`` finds which updates it has handled.
    """

    webhook: str | None
    has_posts: bool
    at_work_ago_ms: int | None
    on_record: Callable[[Iterable[int]], Awaitable[frozenset[int]]]


class StartingCopy:
    """A copy that starts: it asks for updates by ``fetcher``, and confirms none."""

    def __init__(
        self, bot: Bot, fetcher: Fetcher, this: ThisCopy, clock: Clock, stop: Stop
    ) -> None:
        self._bot = bot
        self._fetcher = fetcher
        self._this = this
        self._clock = clock
        self._stop = stop
        self._looked = False
        self._told = False

    async def wait(self) -> None:
        """Return once this copy may work, or when asked to stop.

        What waits at Telegram by then is the fetcher's first batch. Raises OtherCopyError,
        TokenRefusedError, StorageError.
        """
        if await self._webhook_is_set():
            return
        watch, wait_s = Watch(self._clock.monotonic()), 0
        while not self._stop:
            found = await self._fetcher.look(wait_s)
            if (
                isinstance(found, bot_api.UpdatesTaken)
                and found.by_webhook
                and await self._webhook_is_set()
            ):
                return
            match await self._judged(found, watch):
                case WatchEnd.GIVE_WAY:
                    raise OtherCopyError(_ANOTHER)
                case WatchEnd.BEGIN:
                    return
                case Watch() as watch:
                    idle = isinstance(found, Batch) and not found.updates
                    await self._stop.pause(0 if idle else _LOOK_AGAIN_S)
                    left_s = math.ceil(watch.left_s(self._clock.monotonic()))
                    wait_s = max(1, left_s) if idle else 0

    async def _webhook_is_set(self) -> bool:
        """Whether updates are posted to this copy. Raises OtherCopyError if they are to another.

        Where Telegram does not say, asking for updates will tell.
        """
        match await self._stop.unless(bot_api.call(self._bot, "getWebhookInfo", {})):
            case bot_api.Done({"url": str(url)}) if url:
                if url != self._this.webhook:
                    raise OtherCopyError(_BY_WEBHOOK)
                return True
        return False

    async def _judged(
        self, found: Batch | bot_api.UpdatesTaken | None, watch: Watch
    ) -> Watch | WatchEnd:
        now_s = self._clock.monotonic()
        if isinstance(found, bot_api.UpdatesTaken):
            return self._refused(now_s)
        if found is None:  # nobody knows what happened meanwhile
            return Watch(now_s)
        on_record = await self._this.on_record(ids_to_look_up(found.updates))
        latest = is_latest(on_record, self._this.at_work_ago_ms)
        verdict = seen(watch, found.updates, now_s, latest=latest)
        if not self._looked and await self._at_once(found, latest=latest):
            verdict = WatchEnd.BEGIN
        self._looked = True
        if verdict is WatchEnd.BEGIN:
            self._fetcher.begin_with(found)
        return verdict

    async def _at_once(self, found: Batch, *, latest: bool) -> bool:
        """Whether the first look says that there can be no other copy."""
        if is_restart(found.updates, self._this.at_work_ago_ms, latest=latest):
            return True
        scope = {"scope": _OURS_ALONE}
        match await self._stop.unless(bot_api.call(self._bot, "getMyCommands", scope)):
            case bot_api.Done([]):  # nor was there ever one
                return True
        log.info(
            "For %d s this copy takes nothing, and sees whether another one is at work.", WAIT_S
        )
        return False

    def _refused(self, now_s: float) -> Watch | WatchEnd:
        verdict = refused(now_s, has_posts=self._this.has_posts)
        if not self._told and verdict is not WatchEnd.GIVE_WAY:
            self._told = True
            log.warning(
                "Another copy asks for this bot's updates too. This one begins when nobody else has"
                " asked for %d s, or when it sees that it was the last at work; end the other.",
                WAIT_S,
            )
        return verdict
