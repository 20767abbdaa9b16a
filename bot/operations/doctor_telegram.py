"""What Telegram says about the bot: whether it knows it, what it shows it, and where it posts."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final
from urllib.parse import urlsplit

from msgspec import Struct, field
from telegram import Bot

from bot.base.clock import SYSTEM_CLOCK
from bot.base.compared_clock import TOLERANCE_MS, off_by
from bot.operations.findings import Finding, age, counted, ok, problem, warning
from bot.settings import PREFIX, Settings
from bot.telegram import bot_api
from bot.telegram.aiohttp_request import AiohttpRequest
from bot.telegram.proxy import LOOPBACK, proxy_for

TIMEOUT_S: Final = 15.0  # the system's seconds for an answer
_SHARP_MS: Final = 10_000  # ms off that matter to nobody
_RECENT_S: Final = 60 * 60  # seconds
_WAITING: Final = 100  # updates: more than one batch
_TOKEN = (
    f"copy it from BotFather (/mybots, API Token) into {PREFIX}TOKEN, or into the file that"
    f" {PREFIX}TOKEN_FILE names"
)


class Line(Struct):
    """A connection to the Bot API; ``off``: by how many ms the clock is ahead, by each answer."""

    bot: Bot
    off: list[int] = field(default_factory=list)

    async def ask(self, method: str, **params: object) -> bot_api.Reply:
        """Call a method."""
        return await bot_api.call(self.bot, method, params, timeout=TIMEOUT_S)


@asynccontextmanager
async def line(settings: Settings, token: str) -> AsyncIterator[Line]:
    """Open the connection; nothing is asked yet. Raises UserError."""
    off: list[int] = []
    here = settings.clock

    def note(date: str, took_s: float) -> None:
        found = off_by(date, here.now(), took_s * here.speed)
        if found is not None:
            off.append(found)

    url = settings.api_url
    own_machine = urlsplit(url).hostname in LOOPBACK
    async with AiohttpRequest(1, None if own_machine else proxy_for(url), note) as request:
        yield Line(Bot(token, base_url=f"{url}/bot", request=request), off)


async def telegram_side(settings: Settings, token: str) -> list[Finding]:
    """Examine what only Telegram knows."""
    async with line(settings, token) as asked:
        me = await asked.ask("getMe")
        if not isinstance(me, bot_api.Done):
            return [_no_answer(me, settings)]
        found = [_account(me.result), privacy_mode(me.result), clock(asked.off)]
        match await asked.ask("getWebhookInfo"):
            case bot_api.Done(info):
                found += webhook(info, settings.webhook)
            case reply:
                found.append(_no_answer(reply, settings))
        return found


async def remove_webhook(settings: Settings, token: str) -> list[Finding]:
    """Take the webhook away; updates that wait are kept."""
    async with line(settings, token) as asked:
        match await asked.ask("deleteWebhook", drop_pending_updates=False):
            case bot_api.Done():
                return [ok("webhook", "taken away; updates that wait there are kept")]
            case reply:
                return [_no_answer(reply, settings)]


def _no_answer(reply: bot_api.Reply, settings: Settings) -> Finding:
    if isinstance(reply, bot_api.BadToken):
        return problem("token", "Telegram does not know it", _TOKEN)
    why = getattr(reply, "description", type(reply).__name__)
    advice = f"see that this machine reaches {settings.api_url}, or mend {PREFIX}API_URL"
    return problem("telegram", f"no answer ({why})", advice)


def _account(me: Mapping[str, Any]) -> Finding:
    return ok("token", f"that of @{me.get('username')}, id {me.get('id')}")


def privacy_mode(me: Mapping[str, Any]) -> Finding:
    """What the bot is shown of groups, by getMe."""
    if me.get("can_read_all_group_messages"):
        return warning(
            "privacy",
            "Telegram shows the bot all that people say in its groups",
            "in BotFather send /setprivacy and choose Enable; then add it to its groups again",
        )
    if not me.get("can_join_groups", True):
        return warning(
            "groups",
            "the bot cannot be added to groups",
            "in BotFather send /setjoingroups and choose Enable, if groups are wanted",
        )
    return ok("privacy", "of what people say in groups the bot is shown commands alone")


def clock(off: Sequence[int]) -> Finding:
    """How far this machine's clock is off, by some answers: ms ahead of Telegram's."""
    if not off:
        return warning("clock", "Telegram did not say what time it is", "compare it yourself")
    least = min(off, key=abs)
    if abs(least) <= _SHARP_MS:
        return ok("clock", "agrees with Telegram's")
    said = f"{age(abs(least))} {'ahead of' if least > 0 else 'behind'} Telegram's"
    advice = "let the system set its clock by NTP (timedatectl set-ntp true)"
    if abs(least) <= TOLERANCE_MS:
        return warning("clock", said, advice)
    said = f"{said}: until it is right, nothing is sent by schedule, closed, or deleted by age"
    return problem("clock", said, advice)


def webhook(info: Mapping[str, Any], ours: str | None) -> list[Finding]:
    """Where updates go, by getWebhookInfo; ``ours`` is the address that is set here."""
    url = info.get("url", "")
    found = [_address(url, ours)]
    pending = info.get("pending_update_count", 0)
    if pending > _WAITING:
        found.append(
            warning(
                "updates",
                f"{counted(pending, 'update')} wait at Telegram, which keeps them for a day",
                "see that the bot runs (morning-report run) and what its log says",
            )
        )
    at = info.get("last_error_date")
    ago = 0 if at is None else SYSTEM_CLOCK.now() // 1000 - at
    if url and at is not None and ago < _RECENT_S:
        said = f"{age(ago * 1000)} ago Telegram could not deliver: {info.get('last_error_message')}"
        found.append(warning("delivery", said, "look at the proxy, its certificate and its log"))
    return found


def _address(url: str, ours: str | None) -> Finding:
    where = urlsplit(url).netloc  # the path may be a secret
    if url == (ours or ""):
        return ok("webhook", f"set, at {where}" if url else "none, as for polling")
    if not url:
        return warning("webhook", "not set yet", "start the bot, which sets it")
    return problem(
        "webhook",
        f"set to another address, at {where}",
        "stop the other copy of this bot, or take it away: morning-report doctor --remove-webhook",
    )
